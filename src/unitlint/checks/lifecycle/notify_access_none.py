"""UL610: NotifyAccess=none beside a directive that switches it on (service.c: service_add_extras)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import NOTIFY_TYPES
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import timespan
from unitlint.units.unit import Unit


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Both lines are shown."""
    access = unit.last("Service", "NotifyAccess")
    if access is None or access.value != "none":
        return
    kind = unit.last("Service", "Type")
    watchdog = unit.last("Service", "WatchdogSec")
    store = unit.last("Service", "FileDescriptorStoreMax")
    causes = [
        kind if kind is not None and kind.value in NOTIFY_TYPES else None,
        watchdog if watchdog is not None and timespan(watchdog.value) else None,
        store if store is not None and store.value != "0" else None,
    ]
    cause = next((one for one in causes if one is not None), None)
    if cause is not None:
        yield Hit(access, {"cause": f"{cause.directive}={cause.value}"}, ((cause, "this needs messages"),))
