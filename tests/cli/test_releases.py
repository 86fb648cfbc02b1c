"""`unitlint releases`."""

from __future__ import annotations

import json

import pytest

from unitlint.catalogue import MEASURED, RELEASES
from unitlint.cli.parser import main


def test_every_release_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["releases"]) == 0
    _, *lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[: len(RELEASES)]] == [str(release) for release in RELEASES]
    assert [line.endswith("(interpolated)") for line in lines[: len(RELEASES)]] == [
        release not in MEASURED for release in RELEASES
    ]
    assert any(line.startswith("252") and "debian12" in line for line in lines)


def test_as_json_with_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["releases", "--output-format", "json"]) == 0
    releases = json.loads(capsys.readouterr().out)
    names = {target["name"] for release in releases for target in release["targets"]}
    assert {"rhel8", "debian12", "ubuntu22.04", "al2023", "sles15sp6", "fedora41"} <= names
    assert all(target["source"] for release in releases for target in release["targets"])
