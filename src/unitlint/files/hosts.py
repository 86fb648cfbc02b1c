"""Files that hold units among other things, to sources: one for each unit, drop-in and conf in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from unitlint.base import late_imports
from unitlint.base.safe_read import CannotReadError, read_bytes
from unitlint.files.classify import classify, scope_of
from unitlint.files.embedded import CannotSearchError, HostPlace
from unitlint.files.host_kinds import host_kind_of
from unitlint.files.read import recognised
from unitlint.files.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.host_kinds import HostModule

MAX_BYTES = 512 * 1024
"""Larger ones are not read: reading as many bytes of YAML takes some seconds."""
MOST_BYTES = 16 * 1024 * 1024
"""Larger ones are data, and not even looked at."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def sources_in_file(path: str, shown: str) -> Iterator[Source]:
    """What :func:`sources_in` says of the file ``path``, which reports call ``shown``; nothing where it holds none."""
    try:
        if os.stat(path).st_size > MOST_BYTES:
            return
        data = read_bytes(path)
    except OSError as obstacle:
        yield Source(shown, "skip", os.path.basename(path), note=f"cannot read: {obstacle.strerror}")
        return
    except CannotReadError as obstacle:
        yield Source(shown, "skip", os.path.basename(path), note=str(obstacle))
        return
    for source in sources_in(shown, data):
        # The text is read once more for those who show lines of it.
        yield source._replace(data=None) if source.kind == "host" else source


def sources_in(path: str, data: bytes) -> Iterator[Source]:
    """The file itself, of the kind ``host``, and the sources in it.

    Those have made-up paths below it that end in their paths on the machine, so that what systemd would merge there
    is merged.  Nothing, where no unit stands in the file; what cannot be read is of the kind ``skip``.
    """
    name = os.path.basename(path)
    kind = host_kind_of(path)
    if kind is None:
        return
    host: HostModule = late_imports.module(kind.module)
    if not host.may_hold_units(data):
        return
    if len(data) > MAX_BYTES:
        yield Source(path, "skip", name, note=f"larger than {MAX_BYTES} bytes, and not searched for units")
        return
    try:
        text = data.decode()
        found = list(host.find_embedded(path, text))
    except (CannotSearchError, UnicodeDecodeError) as reason:
        what = reason if isinstance(reason, CannotSearchError) else "not UTF-8"
        yield Source(path, "skip", name, note=f"not searched for units: {what}")
        return
    taken: set[str] = set()
    for embedded in found:
        if embedded.skipped:
            yield Source(path, "skip", name, note=f"{embedded.path} is not checked: {embedded.skipped}")
            continue
        source = _source(HostPlace(path, text, kind.module, embedded), taken)
        if source.kind == "skip":
            continue
        if not taken:
            yield Source(path, "host", name, data)
        taken.add(source.path)
        yield source


def _source(host: HostPlace, taken: set[str]) -> Source:
    embedded = host.embedded
    path = inner = os.path.join(host.path, embedded.path.lstrip("/"))
    number = 1
    while path in taken:
        number += 1
        path = os.path.join(host.path, str(number), os.path.relpath(inner, host.path))
    kind, name = classify(embedded.path) or ("skip", "")
    data = _SURROGATE.sub("\ufffd", embedded.text).encode()
    return recognised(path, kind, name, data, scope=scope_of(path))._replace(template=embedded.template, host=host)
