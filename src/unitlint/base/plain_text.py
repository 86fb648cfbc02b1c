"""Text fit for formats that other programs read."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    r"""Invalid bytes spelt out as ``\xNN``: a lone surrogate is no valid Unicode for many readers."""
    if text.isascii():
        return text
    return _SURROGATE.sub(_spelt, text)


def _spelt(found: re.Match[str]) -> str:
    return f"\\x{ord(found.group()) & 0xFF:02x}"
