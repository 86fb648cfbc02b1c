"""Units that were not started because another one failed: they belong to the incident of that one.

The manager finishes a failed job and those that depend on it at once (systemd: src/core/job.c,
job_finish_and_invalidate), so what it says of them comes right after the failure.
"""

from __future__ import annotations

from unitlint.diagnose.model import SAME_MOMENT, near
from unitlint.diagnose.sightings import expanded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.diagnose.model import Event
    from unitlint.diagnose.sightings import Sighting

MOST_LINES_LATER = 40
"""Lines between a failure and what the manager says of the units that depend on it, where a log has no times."""
MOST_NAMES = 200


class Dependents:
    """By boot and unit that failed: the units that were not started therefore."""

    def __init__(self) -> None:
        self.latest: Event | Sighting | None = None
        """What failed last."""
        self._names: dict[tuple[str, str], dict[str, None]] = {}
        self._roots: dict[tuple[str, str], Event] = {}
        """By boot and dependent: what failed."""

    def take(self, event: Event) -> bool:
        """Whether an event is about a dependent of what failed last, or of what failed before and was told of it."""
        failed = self._roots.get((event.entry.boot, event.unit)) if event.unit else None
        if self.latest is not None:
            self.latest = latest = expanded(self.latest)
            if _follows(event, latest):
                failed = latest
        if failed is None or not near(failed.entry, event.entry, SAME_MOMENT):
            return False
        names = self._names.setdefault((failed.entry.boot, failed.unit), {})
        if len(names) < MOST_NAMES:
            names[event.unit or event.fields.get("unit") or event.fields.get("subject", "")] = None
            if event.unit:
                self._roots[event.entry.boot, event.unit] = failed
        return True

    def of(self, boot: str, unit: str) -> tuple[str, ...]:
        """The dependents of a unit: names of units, or descriptions where the log names none of them."""
        names = self._names.get((boot, unit), {})
        units = tuple(name for name in names if (boot, name) in self._roots)
        return units or tuple(filter(None, names))


def _follows(event: Event, failed: Event) -> bool:
    if failed.kind.id not in event.kind.follows and not set(failed.kind.refines) & set(event.kind.follows):
        return False
    one, other = event.entry, failed.entry
    if event.unit == failed.unit or one.boot != other.boot or one.source != other.source:
        return False
    if one.pid and other.pid and one.sender == other.sender and one.pid != other.pid:
        return False
    return one.line - other.line <= MOST_LINES_LATER if one.time is None else near(one, other, SAME_MOMENT)
