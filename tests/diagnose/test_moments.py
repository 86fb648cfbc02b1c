"""Asked by bisection, what was seen in the same moment is what a comparison with each entry finds."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from unitlint.diagnose.model import FEW_LINES, SAME_MOMENT, Entry
from unitlint.diagnose.moments import Moments
from unitlint.diagnose.run import diagnose

BOOTS = st.sampled_from(["", "a", "b"])
ENTRIES = st.builds(
    Entry,
    message=st.just(""),
    time=st.none() | st.integers(0, 20).map(float),
    boot=BOOTS,
    source=st.sampled_from(["x.log", "y.log"]),
    line=st.integers(1, 60),
)


def together(one: Entry, other: Entry) -> bool:
    if one.time is None or other.time is None:
        return one.source == other.source and abs(one.line - other.line) <= FEW_LINES
    return abs(one.time - other.time) <= SAME_MOMENT


@given(st.lists(st.tuples(BOOTS, ENTRIES), max_size=8), ENTRIES)
def test_bisection_finds_what_a_comparison_with_each_finds(seen: list[tuple[str, Entry]], entry: Entry) -> None:
    compared = any(together(entry, other) for boot, other in seen if not entry.boot or not boot or entry.boot == boot)
    assert Moments(seen).has_near(entry) is compared


def test_kills_without_a_unit_among_failed_units(tmp_path: Path) -> None:
    """Each is of a second of its own, so that none belongs to another."""

    def diagnose_so_many(number: int) -> None:
        lines = []
        for at in range(number):
            stamp = f"Nov 28 0{at // 3600}:{at // 60 % 60:02d}:{at % 60:02d} host"
            later = f"Nov 28 1{at // 3600}:{at // 60 % 60:02d}:{at % 60:02d} host"
            lines.append(f"{stamp} systemd[1]: u{at}.service: Failed with result 'exit-code'.\n")
            lines.append(f'{later} earlyoom[7]: sending SIGTERM to process {at} uid 1 "x": badness 9, VmRSS 2 MiB\n')
        log = tmp_path / "log"
        log.write_text("".join(sorted(lines)))
        assert len(diagnose([str(log)]).incidents) >= number

    diagnose_so_many(10)
    assert_linear(diagnose_so_many, 180, factor=16, slack=1.6)
