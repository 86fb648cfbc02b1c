"""Names that a person may have meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator

LETTERS = "abcdefghijklmnopqrstuvwxyz-_"
SMALL = 1000
"""In larger sets a letter that is missing or another one costs too much to look for."""


def one_slip_away(stem: str, end: str, known: Collection[str]) -> list[str]:
    """The known names ``x`` + ``end`` where ``x`` is one letter away, has two neighbours swapped or other dashes.

    Digits tell real names apart, so that none of them is taken for a slip.
    """
    candidates = [*_shorter_or_swapped(stem), *(_longer_or_other(stem) if len(known) <= SMALL else ())]
    return sorted({name for one in candidates if one != stem and (name := f"{one}{end}") in known})


def _shorter_or_swapped(stem: str) -> Iterator[str]:
    for at, char in enumerate(stem):
        if char.isdigit():
            continue
        yield stem[:at] + stem[at + 1 :]
        if not stem[at + 1 : at + 2].isdigit():
            yield stem[:at] + stem[at + 1 : at + 2] + char + stem[at + 2 :]
    yield stem.replace("_", "-")
    yield stem.replace("-", "_")
    yield stem.replace("-", "")


def _longer_or_other(stem: str) -> Iterator[str]:
    for at in range(len(stem) + 1):
        head, tail = stem[:at], stem[at:]
        replaced = tail[1:] if tail and not tail[0].isdigit() else None
        for letter in LETTERS:
            yield f"{head}{letter}{tail}"
            if replaced is not None:
                yield f"{head}{letter}{replaced}"
