"""The closing line, and the word for those who find too much at once."""

from __future__ import annotations

import pytest

from unitlint.api import check_text
from unitlint.engine.report import Report
from unitlint.report.summary import MANY, summary_line


@pytest.mark.parametrize(("number", "pointed"), [(1, False), (MANY - 1, False), (MANY, True)])
def test_many_findings_come_with_a_way_out(number: int, pointed: bool) -> None:
    (finding,) = check_text("[Service]\nExecStart=/bin/a\nNice=loud\n", select=["UL103"])
    line = summary_line(Report((finding,) * number, 1, 1))
    assert line.startswith(f"Found {number} finding")
    assert ("--diff-base" in line) == pointed
