"""The policies of examples/unit-rules do what their cases say, and what docs/writing-rules.md tells of them."""

from __future__ import annotations

import os
from pathlib import Path

import unitlint
from unitlint.rules.cache import load_folder
from unitlint.rules.folders import rule_files
from unitlint.testing.rule_cases import outcome_of


def test_their_cases(repository: Path) -> None:
    folder = str(repository / "examples" / "unit-rules")
    for rule, file in zip(load_folder(folder), rule_files(folder), strict=True):
        outcome = outcome_of(rule, os.path.dirname(file))
        assert not outcome.mistakes
        assert outcome.bad >= 2
        assert outcome.good >= 2


def test_on_the_units_of_the_shop(repository: Path) -> None:
    report = unitlint.check_paths(
        repository / "examples" / "units",
        rules=[str(repository / "examples" / "unit-rules")],
        select=["ACME"],
        options={"runs-as-root": {"allowed": ["backup@.service"]}},
    )
    assert [(os.path.basename(one.path), one.code) for one in report.findings] == [
        ("backup@.service", "ACME001"),
        ("backup@orders.timer", "ACME003"),
        ("shop-api.service", "ACME001"),
        ("shop-worker.service", "ACME001"),
    ]
