"""JSON documents with a long list in them, made part by part: the whole text of 300,000 findings takes 500 MB."""

from __future__ import annotations

from unitlint.base.json_text import json_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ITEMS = "\0items"
"""Stands in a document where the list of items is to be."""


def json_parts(document: object, items: Iterable[object]) -> Iterator[str]:
    """What ``json.dumps(document, indent=2)`` gives with the items as a list in place of ITEMS, and a line end."""
    head, _, tail = json_of(document, indent=2).partition(json_of(ITEMS))
    line = head.rpartition("\n")[2]
    outer = line[: len(line) - len(line.lstrip(" "))]
    inner = f"\n{outer}  "
    yield f"{head}["
    before = inner
    for item in items:
        yield before + json_of(item, indent=2).replace("\n", inner)
        before = f",{inner}"
    yield "]" if before == inner else f"\n{outer}]"
    yield f"{tail}\n"
