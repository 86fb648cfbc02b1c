"""The real journal of units that fail on purpose, recorded by `tools/diagnose_proof.py` at eight releases.

The first line of each unit in `round_trip/` announces its event and whose fault it is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.diagnose_proof import UNITS, expected
from unitlint.diagnose.run import diagnose

RECORDINGS = sorted(UNITS.glob("*.log"))


@pytest.mark.parametrize("recording", RECORDINGS, ids=[path.stem for path in RECORDINGS])
def test_recording(recording: Path) -> None:
    incidents = {incident.unit: incident for incident in diagnose([str(recording)], units=[str(UNITS)]).incidents}
    wanted = expected(int(recording.stem))
    if recording.stem == "262":
        del wanted["over-the-limit.service"]  # recorded on a machine whose memory controller is in cgroup v1
    assert incidents.keys() == wanted.keys()
    for unit, (event, caused_by) in wanted.items():
        cause = incidents[unit].causes[0]
        assert (cause.kind.id, cause.caused_by) == (event, caused_by), unit
        assert any(shown.path.endswith(unit) and shown.line for shown in cause.look_at), unit


def test_there_are_recordings() -> None:
    assert [path.stem for path in RECORDINGS] == ["239", "245", "247", "249", "252", "254", "257", "262"]
