"""Hardening real services adds no finding and takes three off the median exposure."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from tools.harden_proof import chosen, count_new_findings
from unitlint.api import services_below
from unitlint.engine.hardening import place_of_drop_in, plan_for
from unitlint.settings.model import Settings

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
REQUIRED = 3.0


def test_corpus() -> None:
    """What systemd itself says of the result is asked by tools/harden_proof.py, which needs it at hand."""
    if not CORPUS.is_dir():
        pytest.skip("the recordings of systemd (../shared/corpus) are not here; tests/harden stands in")
    units = chosen(services_below([str(CORPUS)], Settings(respect_gitignore=False)), 400)
    plans = [plan_for(unit, "safe", Settings(systemd_version=(257,)), place_of_drop_in(unit)) for unit in units]
    assert len(plans) >= 300
    assert sum(count_new_findings(plan) for plan in plans) == 0
    assert median(plan.before.value - plan.after.value for plan in plans) >= REQUIRED
