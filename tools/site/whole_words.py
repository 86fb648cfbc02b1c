"""Console blocks of the site wrap; their words with hyphens (on-success, file names, addresses) stay whole."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_TAG = re.compile(r"(<[^>]*>)")
_WORD = re.compile(r"[^\s<>]+-[^\s<>]+")


def with_whole_words(html: str) -> str:
    """The page's HTML, with each hyphenated word of a console block in an element of the class ``whole``."""
    return _BLOCK.sub(lambda found: _whole(found[0]) if 'class="gp"' in found[0] else found[0], html)


def _whole(block: str) -> str:
    pieces = _TAG.split(block)
    return "".join(
        piece if at % 2 else _WORD.sub(r'<span class="whole">\g<0></span>', piece) for at, piece in enumerate(pieces)
    )
