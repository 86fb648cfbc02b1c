"""unitlint says of every directive with every value of a pool what systemd says, at every recorded release."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tools.agreement import matrix

FOLDER = Path(__file__).parents[3] / "shared" / "conformance"
RECORDINGS = {"matrix.tsv.gz": (247, 252, 254, 257, 262), "matrix-more.tsv.gz": (239, 245, 249, 255)}
"""The releases that each recording asked; the sample is of the first."""
RELEASES = RECORDINGS["matrix.tsv.gz"]
REQUIRED = 0.999
REQUIRED_OF_A_DIRECTIVE = 0.95

SAMPLE = (
    # section, directive, value, what systemd 247, 252, 254, 257 and 262 do with it
    ("Service", "MemoryMax", "1GB", "wwwww"),
    ("Service", "MemoryMax", "1.5G", "....."),
    ("Service", "MemoryMax", "120%", "wwwww"),
    ("Service", "DynamicUser", "maybe", "RRRRR"),
    ("Service", "PrivateTmp", "maybe", "wwwww"),
    ("Service", "PrivateTmp", "disconnected", "www.."),
    ("Service", "ExtensionImages", "/srv/ext.raw", "w...."),
    ("Service", "Type", "exec", "....."),
    ("Service", "Type", "notify-reload", "ww..."),
    ("Service", "Restart", "on-fail", "wwwww"),
    ("Service", "ExecStart", "/bin/other", "RRRRR"),
    ("Service", "ExecStartPost", "|/bin/echo hi", "RRRR."),
    ("Service", "User", "bad/name", "RRRRR"),
    ("Service", "PIDFile", "/var/run/a.pid", "...ww"),
    ("Service", "CapabilityBoundingSet", "CAP_NET_ADMIN CAP_SMURF", "....."),
    ("Service", "WorkingDirectory", "relative", "RRRRR"),
    ("Unit", "Description", "50%% of %n", "....."),
    ("Unit", "After", "a.frob", "wwwww"),
    ("Unit", "ConditionPathExists", "!/etc/a", "....."),
    ("Timer", "OnCalendar", "Mon..Fri 25:00", "wwwww"),
    ("Timer", "OnUnitActiveSec", "5 parsecs", "wwwww"),
    ("Socket", "ListenNetlink", "route 1", "RRRRR"),
    ("Socket", "ListenStream", "localhost:80", "wwwww"),
    ("Socket", "MaxConnections", "0", "RRRRR"),
    ("Path", "PathExists", "not/absolute", "wwwww"),
    ("Mount", "What", "%i", "RRRRR"),
    ("Mount", "Where", "/elsewhere", "RRRRR"),
    ("Install", "WantedBy", "a.target b.target", "....."),
)
"""Cases of our own, which stand in where the recordings are not."""


@pytest.mark.parametrize(("section", "directive", "value", "outcomes"), SAMPLE)
def test_sample(section: str, directive: str, value: str, outcomes: str) -> None:
    by_release = dict(zip(RELEASES, outcomes, strict=True))
    case = matrix.Case(section, directive, value.encode(), by_release)
    found = {release: [one.ours for one in matrix.compare([case], release)] for release in RELEASES}
    assert found == {release: [outcome] for release, outcome in by_release.items()}


@cache
def rows_of(recording: str) -> list[matrix.Case]:
    path = FOLDER / recording
    if not path.is_file():
        pytest.skip(f"the recordings of systemd (../shared/conformance/{recording}) are not here; the sample stands in")
    return list(matrix.cases(str(path)))


@pytest.mark.parametrize(
    ("recording", "release"), [(name, release) for name, releases in RECORDINGS.items() for release in releases]
)
def test_matrix(recording: str, release: int) -> None:
    """Every case at the newest release; of the others every fourth, from another one on at each."""
    rows = rows_of(recording)
    if release != RELEASES[-1]:
        rows = rows[release % 4 :: 4]
    compared = list(matrix.compare([case for case in rows if matrix.was_asked(case, release)], release))
    wrong = [one for one in compared if one.theirs != one.ours]
    assert 1 - len(wrong) / len(compared) >= REQUIRED, [one[2:] for one in wrong[:20]]
    alone = [one for one in wrong if not matrix.set_aside(one.case.outcomes[release])]
    total = Counter((one.case.section, one.case.directive) for one in compared)
    of_directive = Counter((one.case.section, one.case.directive) for one in alone)
    worst = {name: count for name, count in of_directive.items() if 1 - count / total[name] < REQUIRED_OF_A_DIRECTIVE}
    assert not worst
