"""What systemd's reader makes of a text, case by case: assignments, headers, problems and line numbers.

``|`` stands for a line end; expected are ``Section.Directive=value@line``, ``!kind@line`` for a problem, and ``STOP``
where reading ends.  All of it was checked against systemd 252.
"""

from __future__ import annotations

import pytest

from unitlint.syntax.document import Document
from unitlint.syntax.reader import LONG_LINE_MAX, read

KNOWN = ("Unit", "Service", "Install")

CASES = {
    # continuations
    "a backslash joins with one blank": ("[Unit]|A=one\\|two", "Unit.A=one two@2"),
    "indentation of the next line stays": ("[Unit]|A=one \\|  two", "Unit.A=one    two@2"),
    "comments inside vanish": ("[Unit]|A=one\\|# no|  ; no|two", "Unit.A=one two@2"),
    "a comment's backslash means nothing": ("[Unit]|# no \\|A=1", "Unit.A=1@3"),
    "also inside": ("[Unit]|A=one\\|# no \\|two", "Unit.A=one two@2"),
    "an empty line ends it": ("[Unit]|A=one\\||B=2", "Unit.A=one@2 Unit.B=2@4"),
    "a blank behind the backslash prevents it": ("[Unit]|A=one\\ |B=2", "Unit.A=one\\@2 Unit.B=2@3"),
    "two backslashes are no continuation": ("[Unit]|A=1\\\\|B=2", "Unit.A=1\\\\@2 Unit.B=2@3"),
    "three are": ("[Unit]|A=1\\\\\\|B=2", "Unit.A=1\\\\ B=2@2"),
    "the end of the file ends it": ("[Unit]|A=one\\", "Unit.A=one@2"),
    "in a name": ("[Unit]|Ab\\|cd=1", "Unit.Ab cd=1@2"),
    "before the equals sign": ("[Unit]|A\\|=1", "Unit.A=1@2"),
    "in a header": ("[Un\\|it]|A=1", "!unknown-section@1"),
    "a header is swallowed": ("[Unit]|A=1\\|[Service]|B=2", "Unit.A=1 [Service]@2 Unit.B=2@4"),
    "an assignment is swallowed": ("[Unit]|A=1\\|B=2", "Unit.A=1 B=2@2"),
    # line ends
    "CR LF is one end": ("[Unit]\r\nA=1\r\nB=2\r\n", "Unit.A=1@2 Unit.B=2@3"),
    "LF CR is one end": ("[Unit]\n\rA=1\n\rB=2", "Unit.A=1@2 Unit.B=2@3"),
    "CR alone is one": ("[Unit]\rA=1\rB=2", "Unit.A=1@2 Unit.B=2@3"),
    "two LF are two": ("[Unit]\n\nA=1", "Unit.A=1@3"),
    "LF CR LF is an end and an empty line": ("[Unit]\n\r\nA=1", "Unit.A=1@3"),
    "NUL ends a line": ("[Unit]\nA=1\0B=2\n", "Unit.A=1@2 Unit.B=2@3"),
    "two NUL are two": ("[Unit]\nA=1\0\0B=2\n", "Unit.A=1@2 Unit.B=2@4"),
    "a continuation before CR LF": ("[Unit]\r\nA=one\\\r\ntwo\r\n", "Unit.A=one two@2"),
    "form feed is no blank": ("[Unit]|\fA=1", "Unit.\fA=1@2"),
    # byte order mark and encoding
    "a byte order mark is skipped": ("\ufeff[Unit]|A=1", "Unit.A=1@2"),
    "also later, but only the first": ("[Unit]|\ufeffA=1|\ufeffB=2", "Unit.A=1@2 Unit.\ufeffB=2@3"),
    "not behind blanks": (" \ufeff[Unit]|A=1", "!assignment-outside-section@1 !assignment-outside-section@2"),
    "it makes no comment": ("\ufeff# c|[Unit]|A=1", "!assignment-outside-section@1 Unit.A=1@3"),
    "within a continuation": ("[Unit]|A=1\\|\ufeff2", "Unit.A=1 2@2"),
    "bytes that are no UTF-8 stop it": ("[Unit]|A=1|B=\udcff|C=3", "Unit.A=1@2 !not-utf8@3 STOP"),
    "but not in a comment": ("# \udcff|[Unit]|A=1", "Unit.A=1@3"),
    "nor in a section that is not read": ("[X-A]|A=\udcff", "!not-utf8@2 STOP"),
    "noncharacters are no UTF-8": ("[Unit]|A=\ufdd0", "!not-utf8@2 STOP"),
    "an overlong form is none": ("[Unit]|A=\udcc0\udcaf", "!not-utf8@2 STOP"),
    # headers
    "blanks around a header": ("  [Unit]  |A=1", "Unit.A=1@2"),
    "blanks inside are part of the name": ("[ Unit ]|A=1", "!unknown-section@1"),
    "names are case sensitive": ("[unit]|A=1", "!unknown-section@1"),
    "X- is silent": ("[X-Foo]|A=1|nonsense|[Unit]|B=2", "Unit.B=2@5"),
    "x- is not": ("[x-Foo]|A=1", "!unknown-section@1"),
    "what stands in an unknown section is silent": ("[Foo]|A=1|nonsense|=x", "!unknown-section@1"),
    "an empty name": ("[]|A=1", "!bad-section-characters@1"),
    "brackets inside": ("[[Unit]]|A=1", "!bad-section-characters@1"),
    "no closing bracket stops it": ("[Unit|A=1", "!invalid-section-header@1 STOP"),
    "a lone bracket": ("[Unit]|[", "!invalid-section-header@2 STOP"),
    "a comment behind stops it": ("[Unit] # c|A=1", "!invalid-section-header@1 STOP"),
    "a quote in the name": ('[Un"it]|A=1', "!bad-section-characters@1"),
    "a backslash": ("[Un\\it]|A=1", "!bad-section-characters@1"),
    "sections may be repeated": ("[Unit]|A=1|[Service]|B=2|[Unit]|C=3", "Unit.A=1@2 Service.B=2@4 Unit.C=3@6"),
    # assignments
    "blanks around the equals sign": ("[Unit]|A \t= \t1 2 \t", "Unit.A=1 2@2"),
    "only the first equals sign parts": ("[Unit]|A=b=c", "Unit.A=b=c@2"),
    "an empty value": ("[Unit]|A=|B =  ", "Unit.A=@2 Unit.B=@3"),
    "a comment behind a value is part of it": ("[Unit]|A=1 # c ; d", "Unit.A=1 # c ; d@2"),
    "indented comments": ("  # a|\t; b|[Unit]|A=1", "Unit.A=1@4"),
    "slashes are no comment": ("[Unit]|// a", "!missing-equals@2"),
    "no equals sign": ("[Unit]|A|B=2", "!missing-equals@2 Unit.B=2@3"),
    "no name": ("[Unit]|=1|B=2", "!missing-directive-name@2 Unit.B=2@3"),
    "outside of a section": ("A=1|[Unit]|B=2", "!assignment-outside-section@1 Unit.B=2@3"),
    "anything outside of a section": (".include x|[Unit]|B=2", "!assignment-outside-section@1 Unit.B=2@3"),
    "nothing at all": ("", ""),
    "comments alone": ("# a|; b", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    text, expected = CASES[case]
    text = text.replace("|", "\n")
    assert told(read(text.encode("utf-8", "surrogateescape"), "a.service", KNOWN)) == expected
    assert told(read(text, "a.service", KNOWN)) == expected


def told(document: Document) -> str:
    """The document in the words of the table, in the order of the lines."""
    parts = [(one.line, f"{one.section}.{one.directive}={one.value}@{one.line}") for one in document.assignments]
    parts += [(one.line, f"!{one.kind}@{one.line}") for one in document.problems]
    parts.sort(key=lambda part: part[0])
    return " ".join([*(text for _, text in parts), *(["STOP"] if document.refused else [])])


LINE = b"[Unit]\nA=1\n%s\nB=2\n"


@pytest.mark.parametrize(
    ("line", "is_too_long"),
    [
        (b"#" + b"y" * (LONG_LINE_MAX - 2), False),
        (b"#" + b"y" * (LONG_LINE_MAX - 1), True),
        (b"C=" + b"y" * (LONG_LINE_MAX - 3), False),
        (b"C=" + b"y" * (LONG_LINE_MAX - 2), True),
        (b"C=" + "é".encode() * (LONG_LINE_MAX // 2 - 1), True),
        (b"C=" + b"y" * 599_997 + b"\\\n" + b"y" * (LONG_LINE_MAX - 600_000), False),
        (b"C=" + b"y" * 599_997 + b"\\\n" + b"y" * (LONG_LINE_MAX - 599_999), True),
        (b"C=" + b"y" * 599_997 + b"\\\n#" + b"y" * 600_000 + b"\nz", False),
    ],
)
def test_long_lines(line: bytes, is_too_long: bool) -> None:
    document = read(LINE % line, "a.service")
    assert document.refused is is_too_long
    assert [(one.kind, one.line) for one in document.problems] == ([("line-too-long", 3)] if is_too_long else [])
    assert [one.directive for one in document.assignments if one.directive != "C"] == (
        ["A"] if is_too_long else ["A", "B"]
    )


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("[Unit]\nA = one two\n", "two", (2, 9, 2, 12)),
        ("[Unit]\nA=one \\\n  two\n", "two", (3, 3, 3, 6)),
        ("[Unit]\nA=one\\\n# no\n  two\n", "two", (4, 3, 4, 6)),
        ("[Unit]\nA=\\\n  two\n", "two", (3, 3, 3, 6)),
        ("[Unit]\n\ufeffA=two\n", "two", (2, 4, 2, 7)),
        ("[Unit]\r\nA=é two\r\n", "two", (2, 5, 2, 8)),
        ("[Unit]\nA=one\\\n two", "one   two", (2, 3, 3, 5)),
    ],
)
def test_spans_of_values(text: str, part: str, expected: tuple[int, int, int, int]) -> None:
    document = read(text, "a.service")
    (assignment,) = document.assignments
    start = assignment.value.index(part.replace("   ", "  "))
    assert tuple(document.value_span(assignment, start, start + len(part.replace("   ", "  ")))) == expected
