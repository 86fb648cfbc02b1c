"""The time zone at the end of a calendar event."""

from __future__ import annotations

import re

_AREAS = frozenset(
    (
        "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil", "Canada", "Chile",
        "Etc", "Europe", "Indian", "Mexico", "Pacific", "US",
    )
)  # fmt: skip
_ALONE = frozenset(
    (
        "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "Factory", "GB", "GB-Eire", "GMT", "GMT+0",
        "GMT-0", "GMT0", "Greenwich", "HST", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica", "Japan", "Kwajalein",
        "Libya", "MET", "MST", "MST7MDT", "NZ", "NZ-CHAT", "Navajo", "PRC", "PST8PDT", "Poland", "Portugal", "ROC",
        "ROK", "Singapore", "Turkey", "UCT", "UTC", "Universal", "W-SU", "WET", "Zulu",
    )
)  # fmt: skip
_OF_THE_MACHINE = frozenset(
    ("BST", "CDT", "CEST", "CST", "EDT", "EEST", "IST", "JST", "MDT", "MSK", "PDT", "PST", "WEST")
)
"""Names that systemd takes where they are those of the machine's own zone."""
_PLACE = re.compile(r"[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+)?")


def is_zone(name: str) -> bool:
    """True for what can name a zone; the places within an area are not looked up."""
    area, slash, place = name.partition("/")
    if slash:
        return area in _AREAS and _PLACE.fullmatch(place) is not None
    return name in _ALONE or name.upper() in _OF_THE_MACHINE


def without_zone(text: str) -> str:
    """The text without its last word, if that is a time zone."""
    if text.lower().endswith(" utc"):
        return text[:-4]
    body, blank, last = text.rpartition(" ")
    return body if blank and is_zone(last) else text
