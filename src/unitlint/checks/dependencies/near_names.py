"""Names that a person may have meant."""

from __future__ import annotations

LETTERS = "abcdefghijklmnopqrstuvwxyz-_"


def one_slip_away(stem: str, end: str) -> set[str]:
    """Every name one letter away, with two neighbours swapped or other dashes; digits tell real names apart."""
    cuts = [(stem[:at], stem[at:]) for at in range(len(stem) + 1)]
    found = {head + tail[1:] for head, tail in cuts if tail and not tail[0].isdigit()}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    found |= {head + letter + tail for head, tail in cuts for letter in LETTERS}
    found |= {head + letter + tail[1:] for head, tail in cuts for letter in LETTERS if tail and not tail[0].isdigit()}
    found |= {stem.replace("_", "-"), stem.replace("-", "_"), stem.replace("-", "")}
    return {f"{one}{end}" for one in found if one != stem}
