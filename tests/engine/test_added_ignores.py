"""The comments that --add-ignore writes: where they stand, and that they change nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitlint.fix.ignore_comments import with_ignores
from unitlint.syntax.ignore_comments import ignores_in
from unitlint.syntax.lines import split_lines
from unitlint.syntax.reader import read

UNIT = "[Unit]\nDescription=x\n\n[Service]\nNice=loud\n"


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        pytest.param(
            UNIT, {5: ["UL103", "UL101"]},
            "[Unit]\nDescription=x\n\n[Service]\n# unitlint: ignore[UL101, UL103]\nNice=loud\n",
            id="above the line",
        ),
        pytest.param(
            UNIT, {4: ["UL301"]},
            "[Unit]\nDescription=x\n\n# unitlint: ignore[UL301]\n[Service]\nNice=loud\n",
            id="above a section's header",
        ),
        pytest.param(
            "# License\n" + UNIT, {2: ["UL703"], 6: ["UL703", "UL103"]},
            "# License\n# unitlint: ignore[UL703]\n" + UNIT.replace("Nice", "# unitlint: ignore[UL103]\nNice"),
            id="for the whole file, so that no line needs it",
        ),
        pytest.param(
            "Nice=1\n[Unit]\nA=b\n", {1: ["UL004"], 2: ["UL002"]},
            "# unitlint: ignore[UL002, UL004]\nNice=1\n[Unit]\nA=b\n",
            id="before the first section",
        ),
        pytest.param(
            "[Unit]\nA=b \\\n# why\n  c \\\n  d\nE=f\n", {2: ["UL102"], 3: ["UL009"], 5: ["UL010"], 6: ["UL101"]},
            "[Unit]\n# unitlint: ignore[UL009, UL010, UL102]\nA=b \\\n# why\n  c \\\n  d\n"
            "# unitlint: ignore[UL101]\nE=f\n",
            id="above a continued value",
        ),
        pytest.param(
            "[Unit]\n# unitlint: ignore[UL301] as agreed\n\n# more\nA=b\n", {5: ["UL103", "UL301"]},
            "[Unit]\n# unitlint: ignore[UL301, UL103] as agreed\n\n# more\nA=b\n",
            id="into the comment above",
        ),
        pytest.param(
            "[Unit]\n;unitlint:ignore[ UL301 , ]x\nA=b\n", {3: ["UL103"]},
            "[Unit]\n;unitlint:ignore[ UL301, UL103]x\nA=b\n",
            id="spelling stays",
        ),
        pytest.param(
            "[Unit]\n# unitlint: ignore\nA=b\n", {3: ["UL103"]}, "[Unit]\n# unitlint: ignore[UL103]\nA=b\n",
            id="no list",
        ),
        pytest.param(
            "[Unit]\n# unitlint: ignore[]\nA=b\n", {3: ["UL103"]}, "[Unit]\n# unitlint: ignore[UL103]\nA=b\n",
            id="empty list",
        ),
        pytest.param(
            "# unitlint: ignore[UL1]\n\n[Unit]\nA=b\n", {3: ["UL301"]},
            "# unitlint: ignore[UL1, UL301]\n\n[Unit]\nA=b\n",
            id="into the file's comment",
        ),
        pytest.param(
            "[Unit]\r\n  A=b\r\n", {2: ["UL101"]}, "[Unit]\r\n  # unitlint: ignore[UL101]\r\n  A=b\r\n",
            id="line ends and indentation",
        ),
        pytest.param(
            "[Unit]\r\nA=b", {2: ["UL101"]}, "[Unit]\r\n# unitlint: ignore[UL101]\r\nA=b",
            id="no last line end",
        ),
        pytest.param("[Unit]", {1: ["UL101"]}, "# unitlint: ignore[UL101]\n[Unit]", id="no line end at all"),
        pytest.param(
            "\ufeff[Unit]\nA=b\n", {1: ["UL703"]}, "\ufeff\n# unitlint: ignore[UL703]\n[Unit]\nA=b\n",
            id="below a byte order mark",
        ),
        pytest.param(
            "\ufeff[Unit]\nA=b\n", {2: ["UL703"]}, "\ufeff[Unit]\n# unitlint: ignore[UL703]\nA=b\n",
            id="far from a byte order mark",
        ),
        pytest.param("[Unit]\nA=\udcff\n", {2: ["UL001"]}, "[Unit]\n# unitlint: ignore[UL001]\nA=\udcff\n", id="bytes"),
        pytest.param(
            "# only a comment\n", {1: ["UL1"]}, "# unitlint: ignore[UL1]\n# only a comment\n",
            id="no section",
        ),
        pytest.param("", {1: ["UL013"]}, None, id="an empty file masks"),
        pytest.param("\n\n", {1: ["UL013"]}, None, id="so does one of empty lines"),
    ],
)  # fmt: skip
def test_where_comments_stand(before: str, wanted: dict[int, list[str]], after: str | None) -> None:
    assert with_ignores(before, wanted) == after


TEXTS = st.text(alphabet="#;[]= \t\\\r\n\0\ufeffaU1,", max_size=60) | st.lists(
    st.sampled_from(
        ["[Unit]\n", "[Service]\r\n", "A=b\n", "A=b \\\n", "  c\n", "# x\n", "#x \\\n", "\n", "\ufeff", "\udcff\n",
         "[bad\n", "D=e", "\r", "\0"]
    ), max_size=12,
).map("".join)  # fmt: skip
CODES = st.sets(st.sampled_from(["UL001", "UL103", "ACME001"]), min_size=1)


@given(TEXTS, st.dictionaries(st.integers(1, 12), CODES, min_size=1))
def test_any_text(text: str, wanted: dict[int, set[str]]) -> None:
    """All is covered, what systemd reads is the same, and what was there stands there still, in its order."""
    lines = split_lines(text)
    wanted = {line: codes for line, codes in wanted.items() if line <= len(lines)}
    after = with_ignores(text, wanted) if wanted else None
    if after is None:
        return
    assert [(one.directive, one.value) for one in read(text, "").assignments] == [
        (one.directive, one.value) for one in read(after, "").assignments
    ]
    kept = [(number, line) for number, line in enumerate(split_lines(after), 1) if "unitlint" not in line]
    if len(kept) > len(lines):
        assert re.sub(r"[\r\n]", "", kept.pop(0)[1] + kept[0][1]) == re.sub(r"[\r\n]", "", lines[0])
    else:
        assert [line for _, line in kept] == lines
    covered = ignores_in(after)
    for line, codes in wanted.items():
        at = kept[line - 1][0]
        assert codes <= {name for one in covered if one.covers(at) for name in one.selectors}


@given(TEXTS, CODES)
def test_a_second_code_joins_the_first(text: str, codes: set[str]) -> None:
    lines = split_lines(text)
    first = with_ignores(text, {len(lines): ["UL900"]}) if lines else None
    if first is None:
        return
    second = with_ignores(first, {len(split_lines(first)): codes})
    assert second is not None
    assert second.count("unitlint:") == 1
