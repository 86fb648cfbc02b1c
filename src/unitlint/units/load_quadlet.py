"""A Quadlet with its drop-ins to the service that systemd will see."""

from __future__ import annotations

from unitlint.catalogue import QUADLET_TYPES, sections_of
from unitlint.files.classify import name_of_file
from unitlint.files.names import quadlet_type, service_of
from unitlint.files.source import UnitFiles
from unitlint.units.load import document_of, settled
from unitlint.units.merge import build_unit
from unitlint.units.quadlet import generate
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.source import Source


def load_quadlet(files: UnitFiles, release: int, choice: int = 0) -> Unit:
    """The unit of these files, which have been read: what stands in them, and what the generator adds.

    ``choice`` is the branch that the blocks of templates take.

    Drop-ins alone, such as ``container.d``, add to services that are not known; nothing is generated of them.
    """
    quadlet, name = _type_and_name(files)
    fragment = files.fragment and document_of(files.fragment, sections_of(quadlet), choice)
    drop_ins = [
        document_of(source, sections_of(quadlet if _is_read_by_generator(source) else "service"), choice)
        for source in files.drop_ins
    ]
    unit = build_unit(name, files.parts[0].path, fragment, drop_ins, files.scope)
    unit.masked = False
    unit.quadlet = quadlet
    settled(unit, files, release)
    if fragment is not None:
        pairs = zip(drop_ins, files.drop_ins, strict=True)
        read = [fragment, *[document for document, source in pairs if _is_read_by_generator(source)]]
        generate(unit, fragment, frozenset(map(id, read)))
    if any(document.template is not None for document in unit.documents):
        from unitlint.units.placeholders import watch

        watch(unit)
    return unit


def _is_read_by_generator(source: Source) -> bool:
    """Whether Podman's generator reads this drop-in, and not systemd."""
    return source.name in QUADLET_TYPES or bool(quadlet_type(source.name))


def _type_and_name(files: UnitFiles) -> tuple[str, str]:
    if files.fragment is not None:
        return quadlet_type(name_of_file(files.fragment.path)), files.name
    if files.name in QUADLET_TYPES:
        return files.name, "*.service"
    return quadlet_type(files.name), service_of(files.name)
