"""The help of a bad value is about this value: what is accepted, or what to write."""

from __future__ import annotations

import pytest

from unitlint.api import check_text
from unitlint.catalogue import NEWEST, directives_of, known, lookup
from unitlint.report.rule_page import render_rule
from unitlint.rules.rule_set import load_rules

VALUES = (
    "maybe", "unlimited", "512MB", "2Gi", "150%%", "150%", "-1", "99999999999999999999", "0999", "1.5", "5 parsecs",
    "~/x", "rel/path", "/with/../dots", "/var/run/x", "%Q", "a:b", "nobody", "none", "syslog", "CAP_FOO", "@nonsense",
    "AF_FOO", "foo,bar", "foo.frob", "SIGFOO", "", '"/a b"', "0 3 * * *",
)  # fmt: skip
CODES = ("UL103", "UL104", "UL105", "UL106", "UL109", "UL111", "UL117")
SECTIONS = {
    "Service": "service",
    "Unit": "service",
    "Socket": "socket",
    "Timer": "timer",
    "Path": "path",
    "Mount": "mount",
}


@pytest.mark.parametrize("section", SECTIONS)
def test_no_help_is_the_one_of_the_rule(section: str) -> None:
    pages = {rule.code: " ".join(render_rule(rule).split()) for rule in load_rules() if rule.code in CODES}
    boilerplate = set()
    for directive in directives_of("unit", section):
        entry = lookup("unit", section, directive)
        if entry is None or not known(entry, NEWEST):
            continue
        lines = "".join(f"{directive}={value}\n" for value in VALUES)
        for finding in check_text(
            f"[{section}]\n{lines}", f"x.{SECTIONS[section]}", profile="conform", select=list(CODES)
        ):
            help_text = " ".join(finding.help.split())
            if not help_text or help_text in pages[finding.code]:
                boilerplate.add((finding.code, directive, finding.message, help_text))
    assert boilerplate == set()
