"""The comment ``<!-- file: NAME -->`` above a code block becomes the block's title on the site."""

from __future__ import annotations

from tools.site.console import blocks


def with_titles(markdown: str) -> str:
    """The page, with the name of its file as the title of each block that is one (pymdownx.highlight)."""
    pieces, end = [], 0
    for block in blocks(markdown):
        if "file" in block.notes:
            pieces += [markdown[end : block.start - 1], f' title="{block.notes["file"]}"']
            end = block.start - 1
    return "".join([*pieces, markdown[end:]])
