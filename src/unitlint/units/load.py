"""A Quadlet with its drop-ins to the service that systemd will see."""

from __future__ import annotations

import os

from unitlint.catalogue import NEWEST, QUADLET_TYPES, sections_of
from unitlint.files.names import quadlet_type, service_of
from unitlint.files.search_path import ALONE, UPHOLDS_SINCE
from unitlint.files.source import UnitFiles
from unitlint.syntax.reader import read as read_document
from unitlint.units.merge import add_links, build_unit, settle
from unitlint.units.quadlet import generate
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.source import Source
    from unitlint.syntax.document import Document


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


def load(files: UnitFiles, release: int = NEWEST, choice: int = 0) -> Unit:
    """Merges the files of one unit, which have been read, as ``release`` takes their values.

    ``choice`` is the branch that the blocks of templates take.
    """
    if files.kind in ALONE:
        return _alone(files)
    kind = files.name.rpartition(".")[2] if files.kind == "unit" and "." in files.name else files.kind
    if files.kind == "unit" and "." not in files.name:
        kind = files.name
    if kind in QUADLET_TYPES or (files.fragment is not None and files.fragment.kind == "quadlet"):
        return load_quadlet(files, release)
    sections = sections_of(kind)
    fragment = files.fragment and document_of(files.fragment, sections, choice)
    drop_ins = [document_of(one, sections, choice) for one in files.drop_ins]
    first = files.fragment or (files.drop_ins[0] if files.drop_ins else None)
    name = files.name if "." in files.name else f"*.{files.name}"
    unit = build_unit(name, first.path if first else "", fragment, drop_ins, files.scope, files.kind)
    unit.masked = unit.masked or (files.fragment is not None and files.fragment.link == "/dev/null")
    if any(map(_is_template, unit.documents)):
        from unitlint.units.placeholders import watch

        watch(unit)
    return settled(unit, files, release)


def _alone(files: UnitFiles) -> Unit:
    """A unit in name only, of which just the text is known: a file that systemd does not read, or a preset."""
    documents = [] if files.fragment is None else [document_of(files.fragment, frozenset())]
    unit = Unit(files.name, files.fragment.path if files.fragment else "", tuple(documents), {}, {}, scope=files.scope)
    unit.has_fragment = False
    unit.type = files.kind
    return unit


def _is_template(document: Document) -> bool:
    return document.template is not None


def settled(unit: Unit, files: UnitFiles, release: int) -> Unit:
    """The unit without what the release ignores, and with what links in folders add."""
    from unitlint.units.judged import judged

    found = judged(unit, release)
    settle(unit, found)
    unit.aliases = files.aliases
    if files.shadowed:
        unit.shadowed = tuple([source.path for source in files.shadowed])
    if files.dependencies:
        add_links(
            unit,
            [
                (directive, source.name, source.path)
                for directive, source in files.dependencies
                if directive != "Upholds" or release >= UPHOLDS_SINCE
            ],
        )
    return unit


def document_of(source: Source, sections: frozenset[str], choice: int = 0) -> Document:
    """What stands in a file that has been read; only these of its sections count."""
    if source.template:
        from unitlint.units.placeholders import read_source

        return read_source(source, sections, choice)  # whose mode is not that of what becomes of it
    document = read_document(source.data or b"", source.path, sections)
    document.mode = source.mode
    return document
