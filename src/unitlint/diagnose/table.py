"""The event table: compiled from event.yaml files, shipped ready-made in a wheel, cached in a checkout."""

from __future__ import annotations

import marshal
import os
import sys
from binascii import crc32

from unitlint.base.version import __version__
from unitlint.diagnose.model import Answer, EventKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

FORMAT = 1
"""To be raised when diagnose/compile.py makes something else of the same files."""

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHIPPED = os.path.join(_PACKAGE, "_events")
COMPILED = "compiled.marshal"


def events_folder() -> str:
    """The folder `events` of the installed package, or of the checkout."""
    if os.path.isdir(SHIPPED):
        return SHIPPED
    return os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "events")


def event_files(folder: str) -> list[str]:
    """The event.yaml files below ``folder``, sorted by path."""
    return sorted(_walk(folder))


def _walk(folder: str) -> Iterator[str]:
    for top, folders, names in os.walk(folder):
        if "event.yaml" in names:
            yield os.path.join(top, "event.yaml")
            folders.clear()


def load_events() -> tuple[EventKind, ...]:
    """All events; raises UnitlintError for a mistake in an event file."""
    if not _loaded:
        _loaded.extend(_load())
    return tuple(_loaded)


_loaded: list[EventKind] = []
"""Read once a process."""


def _load() -> list[EventKind]:
    shipped = os.path.join(SHIPPED, COMPILED)
    if os.path.isfile(shipped):
        with open(shipped, "rb") as file:
            return [_kind(fields) for fields in marshal.loads(file.read())]  # noqa: S302  # our own file
    from unitlint.rules.cache import _cache_folder, _store

    files = event_files(events_folder())
    key: list[object] = [f"{FORMAT}{__version__}{sys.version_info[:2]}{EventKind._fields}", *map(_stamp, files)]
    cache = os.path.join(_cache_folder(), f"events-{crc32(f'{key[0]}{files[:1]}'.encode()):08x}.marshal")
    try:
        with open(cache, "rb") as file:
            made_of, kinds = marshal.loads(file.read())  # noqa: S302  # our own file
        if made_of == key:
            return [_kind(fields) for fields in kinds]
    except (OSError, ValueError, EOFError, TypeError):
        pass
    from unitlint.diagnose.compile import compile_events

    compiled = compile_events(files)
    _store(cache, key, [as_plain(kind) for kind in compiled])
    return compiled


def _stamp(path: str) -> tuple[str, int, int, int]:
    status = os.stat(path)
    return path, status.st_size, status.st_mtime_ns, status.st_ino


def as_plain(kind: EventKind) -> tuple[Any, ...]:
    """An event as tuples and mappings, which marshal can write."""
    plain = kind._asdict()
    plain["answers"] = tuple([tuple(answer) for answer in kind.answers])
    return tuple(plain.values())


def _kind(fields: tuple[Any, ...]) -> EventKind:
    kind = EventKind(*fields)
    return kind._replace(answers=tuple([Answer(*answer) for answer in kind.answers]))
