"""RestrictFileSystems= (load-fragment.c: config_parse_restrict_filesystems)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import take_words, unknown
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import Word

GROUPS = (
    "@basic-api", "@anonymous", "@application", "@auxiliary-api", "@common-block",
    "@historical-block", "@network", "@privileged-api", "@security", "@temporary", "@known",
)  # fmt: skip


def restrict_file_systems(text: str, context: Context) -> Iterable[Problem]:
    """Names, which systemd does not check here, and groups, which it does."""
    problems: list[Problem] = []
    inverted = int(text.startswith("~"))
    for word in take_words(text[inverted:], problems):
        if word.text.startswith("@") and word.text not in GROUPS:
            place = Word(word.text, word.start + inverted, word.end + inverted)
            problems.append(unknown(place, "group of file systems", GROUPS))
    return problems
