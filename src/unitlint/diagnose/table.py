"""The event table: compiled from event.yaml files, shipped ready-made in a wheel, cached in a checkout."""

from __future__ import annotations

from unitlint.base.compiled import cached_rows, data_folder, shipped_rows, stamped_files
from unitlint.diagnose.model import Answer, EventKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORMAT = 4
"""To be raised when diagnose/compile.py makes something else of the same files."""


def events_folder() -> str:
    """The folder `events` of the installed package, or of the checkout."""
    return data_folder("events")


def event_files(folder: str) -> list[str]:
    """The event.yaml files below ``folder``, sorted by path."""
    return sorted(path for path, *_ in stamped_files(folder, "event.yaml"))


def load_events() -> tuple[EventKind, ...]:
    """All events; raises UnitlintError for a mistake in an event file."""
    if not _loaded:
        rows = shipped_rows("events")
        if rows is None:
            files = sorted(stamped_files(events_folder(), "event.yaml"))
            rows = cached_rows("events", f"{FORMAT}{EventKind._fields}", files, _compiled)
        _loaded.extend(map(_kind, rows))
    return tuple(_loaded)


_loaded: list[EventKind] = []
"""Read once a process."""


def _compiled(paths: list[str]) -> list[tuple[Any, ...]]:
    from unitlint.diagnose.compile import compile_events

    return [as_plain(kind) for kind in compile_events(paths)]


def as_plain(kind: EventKind) -> tuple[Any, ...]:
    """An event as tuples and mappings, which marshal can write."""
    plain = kind._asdict()
    plain["answers"] = tuple([tuple(answer) for answer in kind.answers])
    return tuple(plain.values())


def _kind(fields: tuple[Any, ...]) -> EventKind:
    kind = EventKind(*fields)
    return kind._replace(answers=tuple([Answer(*answer) for answer in kind.answers]))
