"""The time zone at the end of a calendar event."""

from __future__ import annotations

_OF_THE_MACHINE = frozenset(
    ("BST", "CDT", "CEST", "CST", "EDT", "EEST", "IST", "JST", "MDT", "MSK", "PDT", "PST", "WEST")
)
"""Names that systemd takes where they are those of the machine's own zone."""


def is_zone(name: str) -> bool:
    """True for what can name a zone, on a machine that has all of them."""
    from unitlint.grammar.time_zone_names import PLACES

    area, slash, place = name.partition("/")
    if slash:
        return place in PLACES.get(area, "").split()
    return name in PLACES[""].split() or name.upper() in _OF_THE_MACHINE


def nearest_zone(name: str) -> str | None:
    """The zone that was meant by a name that is none."""
    from unitlint.grammar.faults import nearest
    from unitlint.grammar.time_zone_names import PLACES

    return nearest(name, [f"{area}/{place}".lstrip("/") for area in PLACES for place in PLACES[area].split()])


def without_zone(text: str) -> str:
    """The text without its last word, if that is a time zone."""
    if text.lower().endswith(" utc"):
        return text[:-4]
    body, blank, last = text.rpartition(" ")
    return body if blank and is_zone(last) else text
