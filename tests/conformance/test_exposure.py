"""The same exposure, rating and rows as systemd-analyze security, release by release."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.exposure_agreement import rows_of
from unitlint.api import services_below
from unitlint.security.score import expose
from unitlint.settings.model import Settings
from unitlint.units.unit import Unit

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SAMPLE = Path(__file__).parent / "exposure"
RECORDED = json.loads((SAMPLE / "recorded.json").read_text())
"""What the real releases said of the sample: by release, service and field, whether it is set and what it costs."""


@pytest.mark.parametrize("release", RECORDED)
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLE.glob("*.service")))
def test_sample(release: str, name: str) -> None:
    assert rows_of(SAMPLE / name, int(release)) == RECORDED[release][name]


@pytest.fixture(scope="module")
def services() -> dict[str, Unit]:
    if not CORPUS.is_dir():
        pytest.skip("the recordings of systemd (../shared/corpus) are not here; the sample stands in")
    found = services_below([str(CORPUS)], Settings(respect_gitignore=False))
    return {str(Path(unit.path).relative_to(CORPUS)): unit for unit in found}


@pytest.mark.parametrize("release", [252, 254, 257, 262])
def test_corpus(release: int, services: dict[str, Unit]) -> None:
    rows = (CORPUS / f"EXPOSURE-{release}.tsv").read_text().splitlines()[1:]
    differing = []
    for row in rows:
        path, _, _, number, rating = row.split("\t")
        found = expose(services[path], release)
        if (str(found.value), found.rating) != (number, rating):
            differing.append((path, found.value, found.rating, number, rating))
    assert len(rows) > 2500
    assert differing == []
