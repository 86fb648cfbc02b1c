"""Which files make up a generated unit: the Quadlet with its own drop-ins, and those of the service."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping

from unitlint.quadlet.names import drop_in_names
from unitlint.units.layout import QUADLET_PATH, UnitFiles
from unitlint.units.names import drop_in_folders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.source import Source

    FindDropIns = Callable[[Iterable[str]], tuple[Source, ...]]


def generated_units(
    quadlets: Mapping[str, list[Source]], find_drop_ins: FindDropIns, scope: str
) -> Iterator[tuple[UnitFiles, list[str]]]:
    """The units of one tree that are generated, each with the drop-in folders that count for it.

    Of files of one name that of the first folder counts, and those below it are out of sight (quadlet's
    loadUnitsFromDir).  Files of two names may make the same service; the generator keeps one of them, but both are
    units here, so that both are checked.
    """
    for service, sources in quadlets.items():
        by_file: dict[str, Source] = {}
        for source in sorted(sources, key=_rank):
            by_file.setdefault(os.path.basename(source.path), source)
        for name, source in by_file.items():
            own = [f"{one}.d" for one in drop_in_names(name)]
            of_service = list(drop_in_folders(service))
            drop_ins = (*find_drop_ins(own), *find_drop_ins(of_service))
            yield UnitFiles(service, "unit", scope, source, drop_ins), [*own, *of_service]


def _rank(source: Source) -> int:
    path = "/" + source.path.replace(os.sep, "/")
    return next((number for number, part in enumerate(QUADLET_PATH) if "/" + part in path), len(QUADLET_PATH))
