"""How long a report takes grows with the number of its findings, in every format."""

from __future__ import annotations

import pytest

from tests.growth import assert_linear
from unitlint import Report, check_text
from unitlint.report.formats import HOMES, render


def report_of(number: int) -> Report:
    text = "[Service]\n" + "Tipe=x\n" * number
    return Report(tuple(check_text(text, "x.service", select=["UL101"])), 1, 1, sources={"x.service": text})


@pytest.mark.parametrize("name", HOMES)
def test_of_many_findings_in_one_file(name: str) -> None:
    reports = {number: report_of(number) for number in (500, 4000)}
    assert_linear(lambda number: render(reports[number], name), 500, factor=8)
