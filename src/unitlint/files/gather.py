"""The sources of a run: what is below paths, as the settings say, and texts that stand in place of files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from unitlint.base.errors import UnitlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.overlay import Overlay
    from unitlint.files.source import Source
    from unitlint.settings.model import Settings


def discovered(
    paths: list[str],
    settings: Settings,
    *,
    force_exclude: bool = False,
    overlay: Overlay | None = None,
    within: Sequence[str] | None = None,
) -> Iterable[Source]:
    """The sources below the paths, as the settings say; files and drop-in folders come with what belongs to them.

    The texts of ``overlay`` stand in place of the files of their paths, or are named files beside them. The unit of a
    drop-in is searched for only ``within`` these folders, where some are given.
    """
    from unitlint.files.discover import discover, with_left_out
    from unitlint.files.links import files_named_by
    from unitlint.files.patterns import Ignored

    ignored = Ignored(settings.exclude, settings.folder, gitignore=settings.respect_gitignore, root=settings.root)
    follow = settings.follow_links
    walked = discover(paths, ignored, force_exclude=force_exclude, root=settings.root, follow_links=follow)
    found: Iterable[Source] = with_left_out(walked, ignored)
    named = [file for path in paths for file in files_named_by(path, settings.root, follow_links=follow)]
    if overlay is not None:
        found = overlay.over(found)
        named += overlay.beside
    if settings.templates:
        from unitlint.files.patterns import as_declared

        found = as_declared(found, settings)
    if not named:
        return found
    from unitlint.files.of_one_unit import with_companions

    return with_companions(found, named, ignored, settings.root, within, follow_links=follow)


def sources_of(text: str | bytes, name: str) -> list[Source]:
    """The source that is no file; of YAML and JSON those of the units in it.  Raises UnitlintError for other names."""
    return overlay_of(text, name, on_disk=False).over(())


def overlay_of(text: str | bytes, name: str, *, on_disk: bool = True) -> Overlay:
    """One text in place of a file; raises UnitlintError for names that no unit, drop-in, conf or YAML file has."""
    from unitlint.files.classify import classify_with_suffix, is_host
    from unitlint.files.overlay import overlay
    from unitlint.files.temporary_names import becomes

    folder, last = os.path.split(name)
    path = os.path.join(folder, becomes(last) or last)
    if not is_host(path) and not any(classify_with_suffix(name)[0] for name in (path, f"systemd/{path}")):
        hint = "for instance nginx.service, or nginx.service.d/override.conf for a drop-in"
        raise UnitlintError(f"`{name}` is not the name of a unit, drop-in or conf", hint=hint)
    return overlay({name: text}, on_disk=on_disk, names={name: path})


def overlay_under(path: str, data: bytes, name: str, *, is_given: bool) -> Overlay:
    """The content of the file ``path``, to be checked as if it stood at ``name``; its mode says nothing of that.

    Raises UnitlintError where ``name`` ``is_given`` and no unit, drop-in, conf or YAML file has it.
    """
    from unitlint.files.overlay import Overlay

    if is_given:
        overlay_of(b"", name, on_disk=False)
    return Overlay({path: data}, on_disk=False, names={path: name})


NOT_LOOKED_AT = frozenset(("skip", "error", "link"))
"""Kinds of sources in which no units are looked for."""


def looked_at(sources: Iterable[Source]) -> Iterator[Source]:
    """Those that are to be reported on and can be read; what is known by its content alone is read for that."""
    from unitlint.files.read import filled

    read = (filled(source) for source in sources if not source.context)
    return (source for source in read if source.kind not in NOT_LOOKED_AT)
