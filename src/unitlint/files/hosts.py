"""Files that hold units among other things, to sources: one for each unit, drop-in and conf in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from unitlint.catalogue import UNIT_TYPES
from unitlint.files.classify import classify, foreign, scope_of
from unitlint.files.host_spans import Home
from unitlint.files.read import OF_QUADLETS
from unitlint.files.safe_read import CannotReadError, read_bytes
from unitlint.files.source import Source
from unitlint.files.yaml_units import Embedded, NotYamlError, find_embedded

MAX_BYTES = 512 * 1024
"""Larger ones are not read: reading as many bytes of YAML takes some seconds."""
MOST_BYTES = 16 * 1024 * 1024
"""Larger ones are data, and not even looked at."""
_SECTION = re.compile(
    rb"\[(?:Unit|Install|Service|Socket|Timer|Mount|Automount|Swap|Path|Slice|Scope|Container|Volume|Network|Pod|Kube"
    rb"|Image|Build|Journal|Manager|Login|OOM|Coredump|Resolve|Time|Sleep)\]"
)
_NAME = re.compile(
    rb"\.(?:" + "|".join(UNIT_TYPES).encode() + rb"|container|volume|network|pod|kube|image|build|conf)\b"
)
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
    if not may_hold_units(data):
        return
    if len(data) > MAX_BYTES:
        yield Source(path, "skip", name, note=f"larger than {MAX_BYTES} bytes, and not searched for units")
        return
    try:
        text = data.decode()
        # JSON may be indented by tabs, unlike YAML.
        found = list(find_embedded(text.replace("\t", " ") if name.endswith((".json", ".ign")) else text))
    except (NotYamlError, UnicodeDecodeError) as reason:
        what = reason if isinstance(reason, NotYamlError) else "not UTF-8"
        yield Source(path, "skip", name, note=f"not searched for units: {what}")
        return
    taken: set[str] = set()
    for one in found:
        if one.skipped:
            yield Source(path, "skip", name, note=f"{one.path} is not checked: {one.skipped}")
            continue
        source = _source(path, text, one, taken)
        if source.kind == "skip":
            continue
        if not taken:
            yield Source(path, "host", name, data)
        taken.add(source.path)
        yield source


def may_hold_units(data: bytes) -> bool:
    """A cheap look: whether a section and a name of units stand anywhere in the file, or cloud-init's encoded files."""
    if _SECTION.search(data) is None and not (b"write_files" in data and b"encoding" in data):
        return False
    return _NAME.search(data) is not None


def _source(host: str, text: str, one: Embedded, taken: set[str]) -> Source:
    path = inner = os.path.join(host, one.path.lstrip("/"))
    number = 1
    while path in taken:
        number += 1
        path = os.path.join(host, str(number), os.path.relpath(inner, host))
    kind, name = classify(one.path) or ("skip", "")
    data = _SURROGATE.sub("\ufffd", one.text).encode()
    home = Home(host, text, one.start, one.end, one.text, one.style)
    if kind in OF_QUADLETS:
        from unitlint.files.quadlet import recognised

        return recognised(path, kind, name, data)._replace(home=home)
    if kind == "unit" and foreign(data):
        kind = "skip"
    return Source(path, kind, name, data, scope=scope_of(path), template=one.template, home=home)
