"""OpenFile= (open-file.c: open_file_parse)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import ignored, names_at, nearest, whole
from unitlint.grammar.io_redirect import is_descriptor_name
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import CUNESCAPE, DONT_COALESCE_SEPARATORS, read_words

_EXCLUSIVE = frozenset(("append", "truncate", "read-only"))


def open_file(text: str, context: Context) -> Iterable[Problem]:
    """path[:name[:flag,flag]]."""
    from unitlint.catalogue import facts

    if not text:
        return []
    parts, failure = read_words(text, ":", DONT_COALESCE_SEPARATORS | CUNESCAPE)
    if failure is not None or len(parts) > 3 or not parts[0].text.startswith("/"):
        return [ignored(whole(text), "it is not of the form /path[:name[:flags]]")]
    name = parts[1] if len(parts) > 1 and parts[1].text else parts[0]._replace(text=_file_name(parts[0].text))
    if not name.text or not is_descriptor_name(name.text):
        return [ignored(name, "it is no name for a file descriptor")]
    if len(parts) < 3:
        return []
    flags = names_at(facts("open_file_flags"), context.release)
    given = [flag for flag in parts[2].text.split(",") if flag]
    for flag in given:
        if flag not in flags:
            reason = "the flags are " + ", ".join(flags)
            return [ignored(parts[2], reason, suggestion=nearest(flag, flags))]
    if len(_EXCLUSIVE.intersection(given)) > 1:
        return [ignored(parts[2], "read-only, append and truncate exclude each other")]
    return []


def _file_name(path: str) -> str:
    """The last part of a path; nothing where that names a directory's parent (path-util.c: path_extract_filename)."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return "" if not parts or parts[-1] == ".." else parts[-1]
