"""Findings of the same rule in a line: how many units, and the first of them."""

from __future__ import annotations

from tests.report.test_formats import finding
from unitlint.base.json_rows import text_of
from unitlint.report.summed_up import lines
from unitlint.rules.rule_set import load_rules


def summed(*units: str | None, line: int = 1) -> str:
    """The line for UL301 in these units; None is a file that is no unit's."""
    rule = next(rule for rule in load_rules() if rule.code == "UL301")
    found = [
        finding(unit or f"file-{number}.conf", code="UL301", name="rule", message="said", unit=unit, line=line + number)
        for number, unit in enumerate(units)
    ]
    details = rule.details._replace(summary="{units} set nothing")
    (text,) = lines(found, [rule._replace(kept_details=text_of(tuple(details)))])
    return text


def test_one_finding_says_its_message_and_place() -> None:
    assert summed("a.service") == "UL301 rule: said (a.service:1)\n"


def test_several_units_are_counted_and_two_are_named() -> None:
    assert summed("a.service", "b.service") == "UL301 rule: 2 units set nothing (a.service, b.service)\n"
    assert summed(*(f"{name}.service" for name in "abcd")).endswith(
        "4 units set nothing (a.service, b.service, 2 more)\n"
    )


def test_findings_of_one_unit_are_counted_as_findings() -> None:
    assert summed("a.service", "a.service") == "UL301 rule: 2 times: said (a.service)\n"


def test_files_that_are_no_units_count_each() -> None:
    assert summed(None, None) == "UL301 rule: 2 units set nothing (file-0.conf, file-1.conf)\n"
