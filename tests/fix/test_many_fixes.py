"""Many fixes in one file are applied in time that grows with their number, and until none is left."""

from __future__ import annotations

import pytest

from tests.growth import assert_linear
from unitlint import api
from unitlint.base.finding import Edit
from unitlint.engine.fix_loop import FixResult, fix_all
from unitlint.files.gather import sources_of
from unitlint.fix.apply import apply
from unitlint.settings.model import Settings


def fixed(text: str, *codes: str, unsafe: bool = False) -> FixResult:
    settings = Settings(select=codes)
    return fix_all(sources_of(text, "x.service"), lambda sources: api.run(sources, settings, 1), unsafe=unsafe)


def test_lines_that_touch_are_fixed_until_none_is_left() -> None:
    result = fixed("[Service]\n" + "User=a\nUser=b\n" * 1500, "UL015")
    assert result.after == {"x.service": "[Service]\nUser=b\n"}
    assert result.fixed == {"x.service": 2999}


@pytest.mark.parametrize("line", ["User=a\nUser=b\n", "Nice=5\r\nNice=6\r\n", "Restrt=no\n"])
def test_time_grows_with_the_number_of_fixes(line: str) -> None:
    assert_linear(
        lambda size: fixed("[Service]\n" + line * size, "UL015", "UL101", "UL009", unsafe=True), 250, factor=8
    )


def test_each_edit_is_compared_with_its_neighbours() -> None:
    (finding,) = api.check_text("[Service]\nTipe=x\n", select=["UL101"])
    assert finding.fix is not None

    def at(start: int, old: str, new: str) -> object:
        return finding._replace(fix=finding.fix._replace(edits=(Edit(start, old, new),)))  # type: ignore[union-attr]

    text = "abcdefghij"
    findings = [at(6, "gh", "X"), at(0, "ab", "Y"), at(2, "c", "Z"), at(5, "f", "Q"), at(3, "d", "W"), at(9, "j", "")]
    applied = apply(text, findings)  # type: ignore[arg-type]
    assert applied.text == "YcWefXi"  # what touches `ab` or `gh` waits
    assert len(applied.findings) == 4
