"""``NAME=VALUE`` texts of the audit system to fields: ``operation="open" pid=812 comm="named"`` (auditd(8))."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from unitlint.diagnose.model import Fields

PAIRS = "pairs"
"""The field of a template that holds such a text."""
OTHERS = "*"
"""Stands for the names that an event does not list: they are one field, as the log writes them."""
_PAIR = re.compile(r"""([A-Za-z_]\w*)=(?:"([^"]*)"|([^\s"']+))""")
_HEX = re.compile(r"(?:[0-9A-F]{2})+")
ENCODED = frozenset(("comm", "name", "path", "exe", "profile", "cmdline"))
"""What the kernel writes in hexadecimal digits, without quotes, if it holds a blank (Linux: kernel/audit.c)."""


def with_pairs(fields: Fields, names: Mapping[str, str]) -> Fields:
    """The fields, and those that stand in the field ``pairs``; ``names`` are those of the log and of the event."""
    text = fields.get(PAIRS)
    if text is None:
        return fields
    told = {name: value for name, value in fields.items() if name != PAIRS}
    others = []
    for found in _PAIR.finditer(text):
        name, quoted, plain = found.groups()
        if name not in names:
            others.append(found[0])
        elif names[name]:
            value = quoted if plain is None else plain
            told.setdefault(names[name], _decoded(value) if quoted is None and name in ENCODED else value)
    if others and OTHERS in names:
        told[names[OTHERS]] = " ".join(others)
    return told


def _decoded(text: str) -> str:
    return bytes.fromhex(text).decode("utf-8", "replace") if _HEX.fullmatch(text) else text
