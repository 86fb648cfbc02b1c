"""Logs as people in a hurry paste them: prompts, explanations, cut, wrapped, without host names, from a boot screen.

The cases stand in `pasted/` and announce their incidents as those of events do.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.diagnose.test_events import check_case

CASES = sorted((Path(__file__).parent / "pasted").glob("*.log"))


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_pasted(case: Path) -> None:
    check_case(case)
