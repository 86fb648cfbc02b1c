"""Words with hyphens (on-success, memory-high-above-max) stay whole in what wraps: consoles, tables and titles."""

from __future__ import annotations

import re

_PART = re.compile(r"<pre\b.*?</pre>|<td\b.*?</td>|<h1\b.*?</h1>", re.DOTALL)
_TAG = re.compile(r"(<[^>]*>)")
_WORD = re.compile(r"[^\s<>]+-[^\s<>]+")


def with_whole_words(html: str) -> str:
    """The page, with each hyphenated word of a console block, table or title in an element of the class ``whole``."""
    return _PART.sub(lambda found: _whole(found[0]) if _wraps(found[0]) else found[0], html)


def _wraps(part: str) -> bool:
    return part.startswith(("<td", "<h1")) or 'class="gp"' in part


def _whole(block: str) -> str:
    pieces = _TAG.split(block)
    return "".join(
        piece if at % 2 else _WORD.sub(r'<span class="whole">\g<0></span>', piece) for at, piece in enumerate(pieces)
    )
