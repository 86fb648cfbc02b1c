"""docs/quadlet.md shows what is printed, and names the rules that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import unitlint
from unitlint.api import check_paths
from unitlint.report.show import render_unit
from unitlint.rules.rule_set import load_rules

CONSOLE = re.compile(r"```console\n\$ unitlint (\w+) (\S+)\n(.*?)```", re.DOTALL)


@pytest.fixture
def page(repository: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(repository)
    return (repository / "docs" / "quadlet.md").read_text(encoding="utf-8")


def test_what_is_printed(page: str) -> None:
    shown = CONSOLE.findall(page)
    assert [command for command, _, _ in shown] == ["check", "show"]
    for command, path, printed in shown:
        if command == "check":
            assert check_paths(path).findings
        else:
            assert render_unit(unitlint.load_unit(path)) == printed


def test_every_rule_of_the_category_is_named(page: str) -> None:
    assert set(re.findall(r"UL2\d\d", page)) == {rule.code for rule in load_rules() if rule.category == "quadlet"}


@pytest.mark.usefixtures("page")
def test_the_example_breaks_most_of_them() -> None:
    found = {one.code for one in check_paths("examples/containers").findings}
    assert len(found & {rule.code for rule in load_rules() if rule.category == "quadlet"}) >= 7
