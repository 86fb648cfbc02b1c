"""URIs of the protocol and paths of the file system."""

from __future__ import annotations

import os
import re

_ESCAPED = re.compile(rb"%([0-9a-fA-F]{2})")
_TO_ESCAPE = re.compile(rb"[^A-Za-z0-9/._~!$&'()*+,;=:@-]")


def path_of(uri: str) -> str | None:
    """The absolute path of a ``file:`` URI; None of all others, and of those that name another machine."""
    if not uri.lower().startswith("file://"):
        return None
    host, slash, rest = uri[len("file://") :].partition("/")
    if not slash or host.lower() not in ("", "localhost"):
        return None
    plain = re.split(r"[?#]", rest, maxsplit=1)[0]
    path = os.fsdecode(_ESCAPED.sub(_unescaped, plain.encode("utf-8", "surrogateescape")))
    if "\0" in path:
        return None
    if os.name == "nt" and re.match(r"[A-Za-z]:", path):
        return os.path.normpath(path)
    return os.path.normpath("/" + path)


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes((int(found[1], 16),))


def uri_of(path: str) -> str:
    """The ``file:`` URI of a path."""
    absolute = os.path.abspath(path).replace(os.sep, "/")
    if not absolute.startswith("/"):
        absolute = "/" + absolute
    return "file://" + _TO_ESCAPE.sub(_escaped, os.fsencode(absolute)).decode("ascii")


def _escaped(found: re.Match[bytes]) -> bytes:
    return b"%%%02X" % found[0][0]
