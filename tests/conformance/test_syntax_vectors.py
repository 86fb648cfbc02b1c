"""Small trees of units, and what systemd 252 made of each: unitlint must make the same of them."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

import pytest

import unitlint
from tests.conformance.dump import dumped
from tools.agreement.corpus import FIRST_OF_WHOLE_UNITS
from unitlint.base.finding import Finding
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "syntax.json"
RELEASE = 252
SPOKEN_OF_WHILE_READING = ("UL233", "UL268")
"""Conditions of whole units that systemd judges line by line."""
SPOKEN_OF_AT_THE_END = ("UL006",)
"""What systemd tells of the whole file, without a line."""


def _vectors() -> list[Any]:
    if not VECTORS.is_file():
        return [pytest.param(None, id="absent")]
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    return [pytest.param(vector, id=vector["id"]) for vector in vectors]


@pytest.mark.parametrize("vector", _vectors())
def test_vector(vector: dict[str, Any] | None, tmp_path: Path) -> None:
    if vector is None:
        pytest.skip("../shared/vectors/syntax.json is not here; tests/syntax and tests/units stand in")
    plant(tmp_path, vector["files"])
    expected = vector["expected"]
    # systemd cannot load a template as such, so the recording is of an instance called i.
    name = vector["unit"].replace("@.", "@i.")
    unit = unitlint.load_unit(name, root=tmp_path, systemd_version=RELEASE)
    found = unitlint.check_paths(tmp_path, profile="conform", systemd_version=RELEASE).findings

    assert lines_with_effect(found, tmp_path) == lines_spoken_of(expected["messages"], unit, tmp_path)
    refused = unit.masked or not unit.has_fragment or any(one.effect == "refused" for one in found)
    assert refused == (not expected["loaded"])
    if expected["loaded"]:
        assert {key: dumped(unit, key, RELEASE) for key in expected["props"]} == expected["props"]
        assert [str(Path(one.path).relative_to(tmp_path)) for one in unit.documents[1:]] == expected["dropins"]


def plant(top: Path, files: dict[str, Any]) -> None:
    for name, content in files.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8", newline="")
        elif "symlink" in content:
            path.symlink_to(content["symlink"])
        elif "base64" in content:
            path.write_bytes(b64decode(content["base64"]))
        else:
            path.write_text("".join(text * count for text, count in content["gen"]), encoding="utf-8", newline="")


def lines_with_effect(found: list[Finding], top: Path) -> set[tuple[str, int]]:
    return {
        (str(Path(one.path).relative_to(top)), one.line)
        for one in found
        if one.effect and one.code not in SPOKEN_OF_AT_THE_END
        if one.code < FIRST_OF_WHOLE_UNITS or one.code in SPOKEN_OF_WHILE_READING
    }


def lines_spoken_of(messages: list[dict[str, Any]], unit: Unit, top: Path) -> set[tuple[str, int]]:
    """systemd names the last line of a continued assignment, and one more at the end of the file; a finding
    stands on the first."""
    starts = {
        (str(Path(document.path).relative_to(top)), line): first
        for document in unit.documents
        for first, last in document.continuations
        for line in range(first, last + (2 if last == len(document.lines) else 1))
    }
    places = {(message["file"], message["line"]) for message in messages if message["file"]}
    return {(path, starts.get((path, line), line)) for path, line in places}
