"""Paths as the names of units (unit-name.c: unit_name_path_escape, unit_name_from_path)."""

from __future__ import annotations

from unitlint.catalogue import NEWEST
from unitlint.values.faults import MAX_PATH, path_parts, refused
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.words import Word

MAX_NAME = 255
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:_.")
_CHECKED = (246, 247, 248)
"""The releases that refuse a unit which needs the mount of a path too long for the name of one (unit.c:
unit_add_mount_dependencies); before these the name is not checked, and later ones pass over it."""


def escaped(raw: bytes) -> str:
    r"""``var-lib-a\x2db`` of ``var/lib/a-b``."""
    out: list[str] = []
    for number, byte in enumerate(raw):
        if byte == ord("/"):
            out.append("-")
        elif byte in _PLAIN and not (number == 0 and byte == ord(".")):
            out.append(chr(byte))
        else:
            out.append(f"\\x{byte:02x}")
    return "".join(out)


def unit_name_of(path: str, suffix: str) -> str | None:
    """``var-lib-a\\x2db.mount`` of ``/var/lib/a-b``; None where systemd makes no name of the path."""
    if not path.startswith("/") or any(part in (".", "..") for part in simplified(path).split("/")):
        return None
    raw = simplified(path).strip("/").encode("utf-8", "surrogateescape")
    return f"{escaped(raw) or '-'}.{suffix}"


def simplified(path: str) -> str:
    """Without doubled slashes, single dots and a slash at the end (path-util.c: path_simplify)."""
    return ("/" if path.startswith("/") else "") + "/".join(path_parts(path, NEWEST))


def mount_problem(word: Word, path: str, context: ValueContext) -> ValueProblem | None:
    """The refusal of ``path``, the expanded text of ``word``, where its mount unit's name would be too long."""
    if context.release not in _CHECKED or not 4 * len(path) + len(".mount") > MAX_NAME or len(path) > MAX_PATH:
        return None
    raw = "/".join(path_parts(path, context.release)).encode("utf-8", "surrogateescape")
    if len(escaped(raw)) + len(".mount") <= MAX_NAME:
        return None
    return refused(word, "the name of the mount unit that the path belongs to would be too long")
