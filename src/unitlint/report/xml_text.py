"""Text inside XML."""

from __future__ import annotations

import re

from unitlint.base.foreign_text import COMMAND, UNSAFE
from unitlint.base.plain_text import plain

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_STEERING = re.compile(f"{UNSAFE}|{COMMAND}")
"""What would steer a terminal or a CI server that shows the XML; as references, programs read the same."""
_ESCAPES: dict[str, str | int | None] = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\n": "&#10;",
    "\r": "&#13;",
    "\t": "&#9;",
}


def attribute(text: object) -> str:
    r"""``text`` for use between double quotes.

    Characters that no XML may hold are spelt out as ``\xNN``; what steers terminals and CI servers is a reference.
    """
    spelt = _FORBIDDEN.sub(lambda found: f"\\x{ord(found.group()):02x}", plain(str(text)))
    return _STEERING.sub(lambda found: f"&#{ord(found[0])};", spelt.translate(str.maketrans(_ESCAPES)))


def element(name: str, attributes: dict[str, object], inner: str | None = None, indent: str = "") -> str:
    """A line, or several with ``inner`` between the tags; attributes that are None are left out."""
    listed = "".join(f' {key}="{attribute(value)}"' for key, value in attributes.items() if value is not None)
    if inner is None:
        return f"{indent}<{name}{listed}/>\n"
    return f"{indent}<{name}{listed}>\n{inner}{indent}</{name}>\n"


HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
