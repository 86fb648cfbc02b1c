"""NFTSet= (firewall-util.c: nft_set parsing)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.faults import ignored, take_words
from unitlint.grammar.problem import Context, Problem

_SOURCES = ("cgroup", "user", "group")
_FAMILIES = ("arp", "bridge", "inet", "ip", "ip6", "netdev")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_/\\.]{0,254}")


def nft_set(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_cgroup_nft_set: source:family:table:set."""
    problems: list[Problem] = []
    for word in take_words(text, problems):
        parts = word.text.split(":")
        sound = (
            len(parts) == 4
            and parts[0] in _SOURCES
            and parts[1] in _FAMILIES
            and all(_NAME.fullmatch(part) for part in parts[2:])
        )
        if not sound:
            problems.append(ignored(word, "it is not of the form cgroup|user|group:family:table:set"))
    return problems
