"""The files around open documents, listed anew only when a folder has changed."""

from __future__ import annotations

import os
from itertools import chain

from unitlint.base.records import NamedTuple
from unitlint.files.of_one_unit import with_companions
from unitlint.files.patterns import Ignored, as_declared
from unitlint.lsp.stamps import Stamp, stamp_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unitlint.files.overlay import Overlay
    from unitlint.files.source import Source
    from unitlint.settings.model import Settings

_BELOW = (".d", ".wants", ".requires", ".upholds")
_FRAGMENTS = ("unit", "conf", "quadlet")


class _Listed(NamedTuple):
    key: object
    stamp: Stamp
    watched: tuple[str, ...]
    found: tuple[Source, ...]


class Companions:
    """What belongs to open documents, by their home; a listing of 500 units takes a third of a keystroke's time."""

    def __init__(self) -> None:
        self._listed: dict[str, _Listed] = {}

    def forget(self) -> None:
        """Has everything listed anew."""
        self._listed.clear()

    def sources(self, home: str, overlay: Overlay, settings: Settings, within: Sequence[str]) -> list[Source]:
        """The open documents and, marked as context, the files around them: as ``api.discovered`` finds them."""
        named = list(overlay.over(()))
        if settings.templates:
            named = list(as_declared(named, settings))
        key = (tuple((one.path, one.kind, one.name, one.template) for one in named), settings.root, tuple(within))
        known = self._listed.get(home)
        if known is not None and known.key == key and known.stamp == stamp_of(known.watched):
            return [*named, *known.found]
        ignored = Ignored(settings.exclude, settings.folder, gitignore=settings.respect_gitignore, root=settings.root)
        found = list(with_companions(named, overlay.beside, ignored, settings.root, within))[len(named) :]
        self._listed.pop(home, None)
        if _has_units(named, found):
            watched = tuple(_watched(chain(named, found)))
            self._listed[home] = _Listed(key, stamp_of(watched), watched, tuple(found))
        return [*named, *found]


def _has_units(named: Iterable[Source], found: Iterable[Source]) -> bool:
    """False where a drop-in has no unit here: that may turn up in any folder."""
    units = {one.name for one in chain(named, found) if one.kind in _FRAGMENTS}
    return all(one.name in units for one in named if one.kind == "dropin")


def _watched(sources: Iterable[Source]) -> Iterable[str]:
    """The folders in which a new file would count, and the files whose text says what they are."""
    folders: dict[str, None] = {}
    for source in sources:
        folder = os.path.dirname(source.path)
        folders[folder] = None
        if folder.endswith(_BELOW):
            folders[os.path.dirname(folder)] = None
        if source.kind.startswith("quadlet"):
            folders[source.path] = None
    for folder in list(folders):
        try:
            with os.scandir(folder or ".") as entries:
                folders.update((entry.path, None) for entry in entries if entry.name.endswith(_BELOW))
        except OSError:
            continue
    return folders
