"""Sources with their bytes, read when they are needed."""

from __future__ import annotations

import os

from unitlint.base.safe_read import CannotReadError, read_with_mode
from unitlint.files.classify import foreign, guess, has_section, text_of_link
from unitlint.files.source import Source

OF_QUADLETS = ("quadlet", "quadlet-dropin")
"""Kinds of files that are known by their content; see files/quadlet.py."""

OTHER_PROGRAMS = {
    ".netdev": "systemd-networkd", ".link": "systemd-udevd", ".nspawn": "systemd-nspawn", ".dnssd": "systemd-resolved",
    ".rules": "systemd-udevd", ".pcrlock": "systemd-pcrlock",
}  # fmt: skip
"""Which program of systemd reads files with these endings that hold no units."""


def read_source(path: str, kind: str, name: str, *, link: str | None = None, scope: str = "system") -> Source:
    """One file as a Source; whatever prevents reading it becomes an ``error`` with a note.

    ``kind`` may be ``guess``, ``quadlet`` or ``quadlet-dropin``: then the sections in the file decide what it is.
    """
    if kind in OF_QUADLETS:
        from unitlint.files.quadlet import read_quadlet

        return read_quadlet(path, kind, name, link)
    try:
        data, mode = read_with_mode(path)
    except CannotReadError as obstacle:
        return Source(
            path, "skip" if kind == "misplaced" else "error", name, note=str(obstacle), link=link, scope=scope
        )
    return recognised(path, kind, name, data, link=link, scope=scope, mode=mode)


def recognised(
    path: str, kind: str, name: str, data: bytes, *, link: str | None = None, scope: str = "system", mode: int = 0
) -> Source:
    """The same of a file whose content is known, whether or not there is a file of that path."""
    if kind in OF_QUADLETS:
        from unitlint.files import quadlet

        return quadlet.recognised(path, kind, name, data, link)
    reason = foreign(data, path) if kind in ("unit", "guess") else text_of_link(data, path)
    if kind == "misplaced" and not has_section(data):
        reason = "a file of another kind"
    if reason:
        return Source(path, "skip", name, note=f"not a systemd unit but {reason}", link=link, scope=scope, mode=mode)
    if kind == "guess":
        what = guess(path, data)
        if what is None:
            return Source(path, "skip", name, note=_why_unknown(name), scope=scope, mode=mode)
        kind, name = what
    return Source(path, kind, name, data, link=link, scope=scope, mode=mode)


def _why_unknown(name: str) -> str:
    program = OTHER_PROGRAMS.get(os.path.splitext(name)[1])
    if program is None:
        return "not a unit, drop-in or conf, by name or sections"
    return f"not a unit, drop-in or conf but a file of {program}"


def filled(source: Source) -> Source:
    """The source with its bytes; of the kind ``error`` or ``skip`` where it cannot be read or is no unit."""
    if source.data is not None:
        return source
    read = read_source(source.path, source.kind, source.name, link=source.link, scope=source.scope)
    if source.context or source.template:
        return read._replace(context=source.context, template=source.template)
    return read
