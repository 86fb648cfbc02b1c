"""What belongs to files that are named one by one: the unit of a drop-in, and its other drop-ins.

pre-commit and editors name only what was changed, but a drop-in alone says little of the unit that it makes.
"""

from __future__ import annotations

import os

from unitlint.files.classify import is_quadlet_name, without_suffix
from unitlint.files.discover import discover, listing
from unitlint.units.layout import SEARCH_PATH
from unitlint.units.names import is_unit_name, template_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unitlint.files.ignore import Ignored
    from unitlint.files.source import Source

_FRAGMENTS = ("unit", "conf", "quadlet")
_KINDS = (*_FRAGMENTS, "dropin", "conf-dropin")


def with_companions(
    sources: Iterable[Source], named: Iterable[str], ignored: Ignored, root: str | None = None
) -> Iterator[Source]:
    """The sources, and after them, marked as ``context``, what belongs to those whose paths are ``named``.

    These are the files that systemd would merge with them, and the units beside them, which rules may ask for: a
    timer, a slice.  Where a drop-in has no unit beside it, the git repository around it is searched for one of that
    name, as checking the whole repository would find it.
    """
    names = frozenset(named)
    seen: set[str] = set()
    asked: list[Source] = []
    for source in sources:
        seen.add(os.path.abspath(source.path))
        if source.path in names and source.kind in _KINDS:
            asked.append(source)
        yield source
    homes = dict.fromkeys(place for source in asked for place in _search_path(_home(source)))
    found = [source for home in homes for source in listing(home or ".", root)]
    orphans = _orphans(asked, {_own_name(source) for source in (*asked, *found) if source.kind in _FRAGMENTS})
    for source in (*found, *_elsewhere(orphans, ignored, root)):
        absolute = os.path.abspath(source.path)
        if absolute not in seen and source.kind in (*_KINDS, "link"):
            seen.add(absolute)
            yield source._replace(context=True)


def _home(source: Source) -> str:
    """The folder in which the unit of a file stands."""
    home = os.path.dirname(source.path)
    return os.path.dirname(home) if os.path.dirname(source.path).endswith(".d") else home


def _own_name(source: Source) -> str:
    """The name of the unit's file; that of a Quadlet is another than that of the service which is made of it."""
    return os.path.basename(without_suffix(source.path)[0]) if source.kind == "quadlet" else source.name


def _search_path(home: str) -> list[str]:
    """The folders whose files are merged with those of ``home``: those of the search path, or ``home`` alone."""
    whole = home.replace(os.sep, "/") + "/"
    for part in SEARCH_PATH:
        at = f"/{whole}".rfind(f"/{part}")
        if at >= 0:
            scope = whole[at + len(part) :].rstrip("/")
            places = [os.path.join(whole[:at], one, scope).rstrip("/") for one in SEARCH_PATH]
            return [home, *(place for place in places if os.path.isdir(place) and place != home)]
    return [home]


def _orphans(asked: Iterable[Source], units: set[str]) -> dict[str, str]:
    """Drop-ins whose unit is not there, by the name of the unit; those of types and prefixes have none of their own."""
    return {
        source.name: source.path
        for source in asked
        if source.kind == "dropin"
        and (is_unit_name(source.name) or is_quadlet_name(source.name))
        and not source.name.partition(".")[0].endswith("-")
        and units.isdisjoint((source.name, template_of(source.name) or source.name))
    }


def _elsewhere(orphans: dict[str, str], ignored: Ignored, root: str | None) -> Iterator[Source]:
    """The files of these units, wherever in the repository they are."""
    wanted = {name for one in orphans for name in (one, template_of(one)) if name}
    for top in dict.fromkeys(map(_repository, orphans.values())):
        for source in discover([top], ignored, root=root) if top else ():
            if _own_name(source) in wanted:
                yield source


def _repository(path: str) -> str | None:
    """The folder of the git repository around a path, as seen from the working folder."""
    folder = os.path.dirname(os.path.abspath(path))
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return os.path.relpath(folder)
