"""UL727 to UL729: lines of preset files (systemd.preset(5), install.c: presets_find_config)."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from unitlint.record import NamedTuple
from unitlint.rules.model import Context, Hit
from unitlint.rules.places import line_place
from unitlint.syntax.document import Document
from unitlint.units.unit import Unit

VERBS = ("enable", "disable", "ignore")
INSTALL = ("WantedBy", "RequiredBy", "UpheldBy", "Alias", "Also")


class Line(NamedTuple):
    """A line that decides about the units which the pattern matches."""

    number: int
    verb: str
    pattern: str


def without_install(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL727: enable of a unit of the checked tree whose [Install] says nothing."""
    for document, one in _lines(unit):
        if one.verb != "enable" or any(sign in one.pattern for sign in "*?["):
            continue
        wanted = context.units.get(one.pattern)
        if wanted is None or wanted.scope != unit.scope or wanted.masked or not wanted.has_fragment:
            continue
        if wanted.name == one.pattern and not any(wanted.all("Install", name) for name in INSTALL):
            first = line_place(wanted.documents[0], 1)
            yield Hit(line_place(document, one.number), {"name": one.pattern}, ((first, "the unit"),))


def not_understood(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL728: a line that is neither empty nor a comment, and begins with none of the words."""
    for document in unit.documents:
        for number, text in enumerate(document.lines, 1):
            words = text.split()
            if words and words[0][0] not in "#;" and (words[0] not in VERBS or len(words) < 2):
                yield Hit(line_place(document, number), {"word": words[0]}, suggestion=_hint(words[0]))


def never_reached(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL729: a line below one that matches all that this one does: the first match decides."""
    above: list[Line] = []
    for document, one in _lines(unit):
        first = next((other for other in above if _covers(other.pattern, one.pattern)), None)
        if first is not None:
            related = ((line_place(document, first.number), "this line decides"),)
            yield Hit(line_place(document, one.number), {"first": f"{first.verb} {first.pattern}"}, related)
        above.append(one)


def _covers(pattern: str, other: str) -> bool:
    """Whether all that ``other`` matches is surely matched; of two patterns only * is known to do that."""
    if any(sign in other for sign in "*?["):
        return pattern in ("*", other)
    return fnmatchcase(other, pattern)


def _lines(unit: Unit) -> Iterator[tuple[Document, Line]]:
    for document in unit.documents:
        for number, text in enumerate(document.lines, 1):
            words = text.split()
            if len(words) >= 2 and words[0] in VERBS:
                yield document, Line(number, words[0], words[1])


def _hint(word: str) -> str | None:
    from unitlint.errors import did_you_mean

    return did_you_mean(word, VERBS)
