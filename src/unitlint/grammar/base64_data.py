"""Base64 as systemd reads it (hexdecoct.c: unbase64mem_full)."""

from __future__ import annotations

import re

from unitlint.grammar.words import WHITESPACE

_DATA = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_URL_SAFE_SINCE = 256
"""From about then on - and _ stand for + and / too: 254 does not know them, 257 does."""
_FROM_URL_SAFE = str.maketrans("-_", "+/")
_LAST_OF_ONE = "AQgw"
_LAST_OF_TWO = "AEIMQUYcgkosw048"


def is_base64(text: str, release: int) -> bool:
    """True for base64 data; white space inside does not matter, unused bits must be zero."""
    data = text.translate({ord(char): None for char in WHITESPACE})
    if release >= _URL_SAFE_SINCE:
        data = data.translate(_FROM_URL_SAFE)
    if not _DATA.fullmatch(data):
        return False
    if data.endswith("=="):
        return data[-3] in _LAST_OF_ONE
    return not data.endswith("=") or data[-2] in _LAST_OF_TWO
