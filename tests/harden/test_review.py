"""A plan is put before the rules: what its lines bring up takes these out, and nothing else takes out any."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from unitlint.api import load_unit
from unitlint.base.finding import Finding
from unitlint.engine.hardening import place_of_drop_in, plan_for
from unitlint.harden.plan import HardeningPlan, make_plan
from unitlint.harden.review import reviewed
from unitlint.settings.model import Settings
from unitlint.units.unit import Unit

PATH = "app.service.d/50-hardening.conf"


@pytest.fixture
def plan(tmp_path: Path) -> HardeningPlan:
    (tmp_path / "app.service").write_text("[Service]\nExecStart=/usr/bin/app\n")
    return make_plan(load_unit(str(tmp_path / "app.service")), "strict", 257)


def finding(path: str = "app.service", line: int = 1) -> Finding:
    return Finding(
        code="ACME001", name="own", severity="warning", confidence="high", effect=None, message="no", path=path,
        line=line, column=1, end_line=line, end_column=2, unit="app.service", section=None, directive=None, related=(),
        fixable=False, url="", help="", fix=None, suggests=None,
    )  # fmt: skip


def directives(plan: HardeningPlan) -> list[str]:
    return [line.directive for line in plan.lines]


def has(unit: Unit, directive: str) -> bool:
    return unit.last("Service", directive) is not None


def test_a_finding_on_a_line_takes_out_that_line(plan: HardeningPlan) -> None:
    def check(unit: Unit) -> Iterable[Finding]:
        lines = unit.documents[-1].assignments if len(unit.documents) > 1 else ()
        return [finding(PATH, line.line) for line in lines if line.directive == "PrivateTmp"]

    found = reviewed(plan, check, PATH)
    assert [one.line.directive for one in found.left_out if one.reason.startswith("ACME001")] == ["PrivateTmp"]
    assert directives(found) == [one for one in directives(plan) if one != "PrivateTmp"]


@pytest.mark.parametrize("place", [finding(PATH, 1), finding("app.service", 2)])
def test_a_finding_that_every_drop_in_brings_takes_out_none(plan: HardeningPlan, place: Finding) -> None:
    """As a service without a command, which is told of in its last file."""
    found = reviewed(plan, lambda unit: [place] if len(unit.documents) > 1 else [], PATH)
    assert directives(found) == directives(plan)


def test_where_each_of_two_lines_is_enough_both_go(plan: HardeningPlan) -> None:
    def check(unit: Unit) -> Iterable[Finding]:
        return [finding()] if has(unit, "PrivateTmp") or has(unit, "ProtectHome") else []

    assert set(directives(plan)) - set(directives(reviewed(plan, check, PATH))) == {"PrivateTmp", "ProtectHome"}


def test_where_it_takes_two_lines_the_lower_one_goes(plan: HardeningPlan) -> None:
    def check(unit: Unit) -> Iterable[Finding]:
        return [finding()] if has(unit, "PrivateTmp") and has(unit, "ProtectHome") else []

    gone = set(directives(plan)) - set(directives(reviewed(plan, check, PATH)))
    assert len(gone) == 1
    assert gone <= {"PrivateTmp", "ProtectHome"}


def test_what_is_wrong_with_the_service_anyway_takes_out_nothing(tmp_path: Path) -> None:
    sound, faulty = tmp_path / "sound.service", tmp_path / "faulty.service"
    sound.write_text("[Service]\nExecStart=/usr/bin/app\nRestart=on-failure\n")
    faulty.write_text(
        "[Unit]\nTipe=x\nAfter=a.servce\n[Service]\nType=oneshot\nExecStart=usr/bin/app\nRestart=on-fail\n"
    )
    plans = [plan_for(unit, "strict", Settings(), place_of_drop_in(unit)) for unit in map(load_unit, (sound, faulty))]
    assert not [one for one in plans[1].left_out if one.reason.startswith("UL201")]
    assert set(directives(plans[1])) >= {"NoNewPrivileges", "ProtectClock", "LockPersonality"}
