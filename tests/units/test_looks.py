"""What a rule looks at counts for it, also where another rule has looked before and kept what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint.api import check_paths, load_unit
from unitlint.units.looks import Looks
from unitlint.units.unit import Unit


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    path = tmp_path / "web.service.j2"
    path.write_text("[Service]\nExecStart=/usr/bin/web\nUser={{ user }}\nNice={{ nice }}\n{{ more }}\n")
    return load_unit(path)


def looks_of(unit: Unit) -> Looks:
    assert unit.looks is not None
    return unit.looks


def looked_at(unit: Unit) -> set[str]:
    return {assignment.directive for assignment in looks_of(unit).values}


def test_a_look_at_an_unknown_value_counts_until_the_next_rule_is_asked(unit: Unit) -> None:
    looks_of(unit).forget()
    assert looked_at(unit) == set()
    unit.value("Service", "ExecStart")
    assert looked_at(unit) == set(), "this one is known"
    unit.value("Service", "User")
    assert looked_at(unit) == {"User"}
    looks_of(unit).forget()
    assert looked_at(unit) == set()


def test_what_is_missing_counts_where_a_placeholder_may_bring_it(unit: Unit, tmp_path: Path) -> None:
    looks_of(unit).forget()
    unit.last("Service", "User")
    assert not looks_of(unit).missed
    unit.last("Service", "Group")
    assert looks_of(unit).missed
    (tmp_path / "closed.service.j2").write_text("[Service]\nExecStart={{ program }}\n")
    closed = load_unit(tmp_path / "closed.service.j2")
    looks_of(closed).forget()
    closed.last("Service", "Group")
    assert not looks_of(closed).missed


def user_of(unit: Unit) -> str:
    """As rules keep what several of them ask for."""
    if "user" not in unit.memo:
        unit.memo["user"] = unit.value("Service", "User")
    found: str = unit.memo["user"]
    return found


def test_who_finds_a_value_in_the_memo_has_looked_at_what_it_took(unit: Unit) -> None:
    looks_of(unit).forget()
    unit.value("Service", "Nice")
    user_of(unit)
    assert looked_at(unit) == {"User", "Nice"}
    looks_of(unit).forget()
    user_of(unit)
    assert looked_at(unit) == {"User"}, "and not at what the first rule had looked at beside it"


def test_a_value_that_is_made_of_another_one(unit: Unit) -> None:
    def both() -> tuple[str, str]:
        found: tuple[str, str] | None = unit.memo.get("both")
        if found is None:
            found = unit.memo["both"] = (user_of(unit), unit.value("Service", "Nice"))
        return found

    looks_of(unit).forget()
    user_of(unit)
    looks_of(unit).forget()
    both()
    assert looked_at(unit) == {"User", "Nice"}
    looks_of(unit).forget()
    both()
    assert looked_at(unit) == {"User", "Nice"}


def test_a_value_that_was_asked_for_and_never_kept(unit: Unit) -> None:
    looks_of(unit).forget()
    assert "never" not in unit.memo
    user_of(unit)
    unit.value("Service", "Nice")
    assert looked_at(unit) == {"User", "Nice"}
    looks_of(unit).forget()
    user_of(unit)
    assert looked_at(unit) == {"User"}


def test_a_line_that_systemd_ignores_hides_no_placeholder(tmp_path: Path) -> None:
    """Nothing is called missing beside a placeholder that may bring it, whatever else is wrong in the file."""
    path = tmp_path / "web.service.j2"
    path.write_text("[Service]\nExecStart=/usr/bin/web\n{{ limits }}\n")
    assert [finding.code for finding in check_paths(path, select=["UL301"]).findings] == []
    path.write_text("[Service]\nExecStart=/usr/bin/web\nNice=loud\n{{ limits }}\n")
    assert [finding.code for finding in check_paths(path, select=["UL301"]).findings] == []
