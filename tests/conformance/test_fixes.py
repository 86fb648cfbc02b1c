"""Fixes on real units: nothing changes but what a finding spoke of, and slips of the pen are taken back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tools import fix_proof, fix_slips
from unitlint import api
from unitlint.engine.fix_loop import fix_all
from unitlint.engine.report import Report
from unitlint.files.gather import discovered
from unitlint.fix.apply import by_file
from unitlint.settings.model import Settings

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus, the real units, is not there")


@needs_corpus
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_effective_units_change_in_nothing_else(unsafe: bool) -> None:
    settings = Settings(systemd_version=(252,), profile="strict", respect_gitignore=False)
    spoken: dict[str, set[str]] = {}

    def check(sources: list[api.Source]) -> Report:  # type: ignore[name-defined]
        report = api.run(sources, settings, 1)
        for path, findings in by_file(report.findings, unsafe=unsafe).items():
            spoken.setdefault(path, set()).update(map(fix_proof.directive_of, findings))
        return report

    sources = list(discovered([str(CORPUS)], settings))
    result = fix_all(sources, check, unsafe=unsafe)
    assert sum(result.fixed.values()) > 100
    assert not [one for one in result.report.findings if one.fix is not None and (one.fix.safe or unsafe)]
    assert not list(fix_proof.unmeant_changes(sources, result, spoken))


def test_slips_in_our_own_examples_are_taken_back() -> None:
    """Most of them; none is made something else."""
    chance = random.Random(5)  # noqa: S311  # the same slips each time
    texts = [(file.name, file.read_text()) for file in sorted(Path("examples/units").glob("*.service"))]
    outcomes = []
    for _ in range(120):
        name, text = chance.choice(texts)
        line = chance.choice(fix_slips.accepted_lines(text, name))
        outcomes.append(fix_slips.outcome(text, name, line, chance))
    assert not [one for one in outcomes if one.endswith("wrong")]
    assert sum(one.endswith("taken back") for one in outcomes) > 70
