"""A Quadlet with its drop-ins to the service that systemd will see."""

from __future__ import annotations

import os

from unitlint.catalogue import QUADLET_TYPES, sections_of
from unitlint.loading import document_of, settled
from unitlint.quadlet.generate import generate
from unitlint.quadlet.names import quadlet_type, service_of
from unitlint.units.merge import build_unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.source import Source
    from unitlint.syntax.document import Document
    from unitlint.units.layout import UnitFiles
    from unitlint.units.unit import Unit


def load_quadlet(files: UnitFiles, release: int) -> Unit:
    """The unit of these files, which have been read: what stands in them, and what the generator adds.

    Drop-ins alone, such as ``container.d``, add to services that are not known; nothing is generated of them.
    """
    quadlet, name = _type_and_name(files)
    fragment = files.fragment and document_of(files.fragment, sections_of(quadlet))
    drop_ins = [document_of(one, sections_of(quadlet if is_of_quadlet(one) else "service")) for one in files.drop_ins]
    first = files.fragment or files.drop_ins[0]
    unit = build_unit(name, first.path, fragment, drop_ins, files.scope)
    unit.masked = False
    unit.quadlet = quadlet
    settled(unit, files, release)
    if fragment is not None:
        own: list[Document] = [fragment]
        own += [one for one, source in zip(drop_ins, files.drop_ins, strict=True) if is_of_quadlet(source)]
        generate(unit, fragment, frozenset(map(id, own)))
    return unit


def is_of_quadlet(source: Source) -> bool:
    """Whether the generator reads this drop-in, and not systemd."""
    return source.name in QUADLET_TYPES or bool(quadlet_type(source.name))


def _type_and_name(files: UnitFiles) -> tuple[str, str]:
    if files.fragment is not None:
        return quadlet_type(os.path.basename(files.fragment.path)), files.name
    if files.name in QUADLET_TYPES:
        return files.name, "*.service"
    return quadlet_type(files.name), service_of(files.name)
