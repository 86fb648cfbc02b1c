"""Templates of real projects, as they are and broken: positions lie in the file, and nothing fails."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unitlint.api import check_text
from unitlint.base.finding import Finding
from unitlint.files.classify import TEMPLATE_ENDINGS, classify_with_suffix
from unitlint.syntax.document import OPAQUE
from unitlint.syntax.lines import split_lines
from unitlint.syntax.reader import decode

ALL = 150
SCRAPS = (
    "{{", "}}", "{%", "%}", "{% if x %}", "{% else %}", "{% endif %}", "<%", "%>", "@A@", '"', "\\\n", "\n", "\r\n",
    "\0", "[Service]\n", "=", "{#", "#}", OPAQUE,
)  # fmt: skip


@pytest.fixture(scope="module")
def templates(shared: Path) -> list[tuple[str, str]]:
    paths = [path for path in sorted((shared / "corpus").rglob("*")) if path.name.endswith(TEMPLATE_ENDINGS)]
    return [(path.name, decode(path.read_bytes())) for path in paths]


def check(text: str, name: str) -> list[Finding]:
    found = check_text(text, name, profile="strict")
    lines = split_lines(text) or [""]
    for one in found:
        assert 1 <= one.line <= len(lines), name
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1, name
        assert OPAQUE not in one.message + one.help, name
    return found


def test_every_template_is_read(templates: list[tuple[str, str]]) -> None:
    assert len(templates) == ALL
    assert all(classify_with_suffix(name)[0] for name, _ in templates)
    found = [one for name, text in templates for one in check(text, name)]
    assert len(found) > ALL


def test_placeholders_make_no_wrong_values(templates: list[tuple[str, str]]) -> None:
    """Each of these has been read: all that is said of a value or a section speaks of words that stand there."""
    for name, text in templates:
        lines = split_lines(text)
        for one in check(text, name):
            if one.code < "UL2":
                words = lines[one.line - 1][one.column - 1 : one.end_column - 1]
                assert not any(mark in words for mark in ("{{", "{%", "<%")), (name, one.line)


@settings(max_examples=60, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_broken_templates_are_read(templates: list[tuple[str, str]], chance: Random) -> None:
    name, text = chance.choice(templates)
    for _ in range(chance.randint(1, 5)):
        start = chance.randint(0, len(text))
        end = min(start + chance.choice((0, 0, 40)), len(text))
        other = chance.choice(templates)[1]
        at = chance.randint(0, len(other))
        text = text[:start] + chance.choice((chance.choice(SCRAPS), other[at : at + 80], "")) + text[end:]
    check(text, name)
