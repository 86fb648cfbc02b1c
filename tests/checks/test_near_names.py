"""Names that a person may have meant."""

from __future__ import annotations

import pytest

from unitlint.checks.dependencies.misspelt import SMALL, one_slip_away


@pytest.mark.parametrize(
    ("stem", "known", "found"),
    [
        ("ngnix", ["nginx"], ["nginx"]),
        ("backups", ["backup"], ["backup"]),
        ("bakup", ["backup"], ["backup"]),
        ("bacjup", ["backup"], ["backup"]),
        ("log_rotate", ["log-rotate", "logrotate"], ["log-rotate", "logrotate"]),
        ("backup", ["backup"], []),
        ("app1", ["app2", "app", "app11"], []),
        ("app12", ["app21"], []),
        ("mailer", ["sender"], []),
    ],
)
def test_one_slip(stem: str, known: list[str], found: list[str]) -> None:
    names = one_slip_away(stem, ".service", {f"{one}.service" for one in known})
    assert names == [f"{one}.service" for one in found]


def test_large_sets_are_looked_at_less_closely() -> None:
    many = {f"x{number}.service" for number in range(SMALL)} | {"backup.service"}
    assert one_slip_away("bakcup", ".service", many) == ["backup.service"]
    assert one_slip_away("bacup", ".service", many) == []
