"""Edits put together: those that meet wait, and nothing else of a text changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import unitlint
from unitlint.base.finding import Edit, Finding, Fix
from unitlint.files.gather import sources_of
from unitlint.fix.apply import apply
from unitlint.fix.diff import unified


def _finding(*edits: Edit) -> Finding:
    fix = Fix(edits, safe=True, says="")
    fields = ["UL000", "x", "error", "high", None, "", "a.service", 1, 1, 1, 1, None, None, None, (), True, "", "", fix]
    return Finding(*fields)  # type: ignore[arg-type]


def test_edits_are_applied_from_the_text_as_it_was() -> None:
    text = "[Service]\nA=1\nB=2\n"
    done = apply(text, [_finding(Edit(14, "B=2", "Longer=2")), _finding(Edit(10, "A", ""))])
    assert done.text == "[Service]\n=1\nLonger=2\n"


def test_the_later_of_two_that_meet_waits() -> None:
    first, second = _finding(Edit(0, "ab", "x")), _finding(Edit(1, "bc", "y"))
    done = apply("abc", [first, second])
    assert (done.text, done.findings) == ("xc", (first,))


def test_a_fix_is_whole_or_not_at_all() -> None:
    torn = _finding(Edit(0, "a", "x"), Edit(2, "not there", "y"))
    assert apply("abc", [torn]) == ("abc", ())


def _apart(text: str, places: list[tuple[int, int, str]]) -> list[Edit]:
    """Edits of one fix, which never meet."""
    found: list[Edit] = []
    at = -1
    for start, length, new in sorted(places):
        if at < start <= len(text):
            found.append(Edit(start, text[start : start + length], new))
            at = start + length
    return found


edits = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8), st.text(max_size=5)), max_size=6)


@given(st.text(max_size=60), st.lists(edits, max_size=6))
def test_what_no_edit_names_stays(text: str, fixes: list[list[tuple[int, int, str]]]) -> None:
    findings = [_finding(*_apart(text, some)) for some in fixes]
    done = apply(text, findings)
    expected = text
    taken = [one for finding in done.findings for one in finding.fix.edits]  # type: ignore[union-attr]
    taken.reverse()  # of two at one place, the later first
    for one in sorted(taken, key=lambda edit: edit.start, reverse=True):
        expected = expected[: one.start] + one.new + expected[one.start + len(one.old) :]
    assert done.text == expected


@given(st.text(alphabet="ab\n\r\x0c\u2028", max_size=30), st.text(alphabet="ab\n\r\x0c\u2028", max_size=30))
def test_a_diff_is_one_line_for_each_line_feed(before: str, after: str) -> None:
    """Other signs that Python takes for line ends would make a patch that git does not take."""
    for line in unified("a.service", before, after).split("\n")[2:-1]:
        assert line[:1] in (" ", "+", "-", "@", "\\")


SECTIONS = ("[Unit]", "[Service]", "[service]", "[Install]", "[Servce]", "[X-Own]", "[Bad", "# note", "; note", "")
LINES = (
    "ExecStart=/bin/x", "ExecStart=/bin/x \\", "  --more", "MemroyMax=1GB", "MemoryMax=1G", "MemoryLimit=1G",
    "Restart=onfailure", "Restart: always", "RestartSec=5 # five", "StartLimitIntervalSec=5", "BindTo=a.service",
    "WantedBy=multiuser.target", "PIDFile=/var/run/x", "StandardOutput=syslog", "Nice=40", "Environment=A=%Y \\ ",
    "RequiresOverridable=b.service", "CapabilityBoundingSet=CAP_NET_BIND_SERVICES", "# unitlint: ignore[UL3O1]",
    "AssertNull=yes", "Requires=b.service", "\ufeffA=b", "Documentation=man:x(1) \\",
)  # fmt: skip
units = st.lists(st.sampled_from(SECTIONS + LINES + LINES), max_size=14)


@given(units, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_fixing_comes_to_an_end_and_leaves_nothing_fixable(
    lines: list[str], end: str, is_ended: bool, unsafe: bool
) -> None:
    from unitlint import api
    from unitlint.engine.fix_loop import fix_all, not_fixed
    from unitlint.engine.report import Report
    from unitlint.settings.model import Settings, from_keywords

    text = end.join(lines) + (end if is_ended else "")
    settings = from_keywords(Settings(), {"profile": "strict"})

    def check(sources: list[api.Source]) -> Report:  # type: ignore[name-defined]
        return api.run(sources, settings, 1)

    result = fix_all(sources_of(text, "x.service"), check, unsafe=unsafe)
    taken_back = not_fixed(result)
    left = [one for one in result.report.findings if one.fix is not None and (one.fix.safe or unsafe)]
    assert [one for one in left if one not in taken_back] == []
    again = unitlint.check_text(result.after.get("x.service", text), "x.service", profile="strict")
    assert again == list(result.report.findings)
