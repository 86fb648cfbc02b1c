"""Names of units that a root directory does not have, or has masked."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.checks.references import Reference, references, stem_of
from unitlint.files.names import template_of, unit_type
from unitlint.files.root_tree import units_of_tree
from unitlint.rules.model import Context, Hit, Predicate, header_place, line_place
from unitlint.syntax.document import Document
from unitlint.units.unit import Unit
from unitlint.values.unit_name import MAX_LENGTH

JUDGED = ("service", "socket", "timer", "path", "target")
"""Units of other types come from /etc/fstab, from udev, from programs that run, or are made as they are needed."""
OF_OTHERS = ("syslog.service",)
"""What systemd's own sockets start if somebody brings it along."""
AT_RUN_TIME = (
    "app-", "dbus-org.", "run-", "systemd-cryptsetup@", "systemd-fsck@", "systemd-growfs@", "systemd-integritysetup@",
    "systemd-makefs@", "systemd-veritysetup@",
)  # fmt: skip
"""Beginnings of names that generators, programs and buses make up."""


def _missing_in(*directives: str, packaged: bool = True) -> Predicate:
    """UL720 and its kin; without ``packaged`` only in files of one's own: packages name units of others that may be
    missing, and that is how it is meant."""

    def check(unit: Unit, context: Context) -> Iterator[Hit]:
        for one in _judged(unit, *directives):
            if (packaged or not is_packaged(one.line.path)) and not is_there(one.name, unit, context):
                yield Hit(one.line, {"name": one.name}, span=one.span)

    return check


required_missing = _missing_in("Requires", "Requisite", "BindsTo")
handler_missing = _missing_in("OnFailure", "OnSuccess")
wanted_missing = _missing_in("Wants", "Upholds", packaged=False)
ordered_missing = _missing_in("After", "Before", packaged=False)


def is_packaged(path: str) -> bool:
    """True of files below usr/lib/systemd and lib/systemd, where packages put theirs."""
    whole = "/" + path.replace("\\", "/")
    return "/lib/systemd/" in whole and "/usr/local/" not in whole


def required_masked(unit: Unit, context: Context) -> Iterator[Hit]:
    """What is required cannot be started; nothing is said where something else than the tree masks it."""
    masked = units_of_tree(context.root, unit.scope).masked
    for one in _judged(unit, "Requires", "BindsTo"):
        if one.name in masked:
            yield Hit(one.line, {"name": one.name}, span=one.span)


def started_missing(unit: Unit, context: Context) -> Iterator[Hit]:
    """What a timer, path or socket starts."""
    if not unit.has_fragment or unit.masked:
        return
    section, directive = unit.type.capitalize(), "Service" if unit.type == "socket" else "Unit"
    named = references(unit, directive, section=section)
    accepts = unit.type == "socket" and unit.is_on("Socket", "Accept")
    name = named[-1].name if named else f"{stem_of(unit.name)}{'@' if accepts else ''}.service"
    if accepts and stem_of(unit.name).endswith("@"):
        return  # instances of instances: systemd makes up their names
    if "%" in name or name in OF_OTHERS or is_there(name, unit, context):
        return
    at = named[-1].line if named else header_place(unit, section)
    if at is not None:
        yield Hit(at, {"name": name, "type": unit.type}, span=named[-1].span if named else None)


def link_to_missing(unit: Unit, context: Context) -> Iterator[Hit]:
    """A link in .wants or .requires whose unit is gone."""
    for link in unit.links:
        if unit_type(link.value) in JUDGED and not is_there(link.value, unit, context):
            yield Hit(link, {"name": link.value})


def _judged(unit: Unit, *directives: str) -> Iterator[Reference]:
    """The names in these directives that can be judged; links are UL726's."""
    if unit.masked:
        return
    links = set(map(id, unit.links))
    for one in references(unit, *directives):
        if unit_type(one.name) in JUDGED and "%" not in one.name and id(one.line) not in links:
            yield one


def is_there(name: str, unit: Unit, context: Context) -> bool:
    """True where the tree has the unit, or its template, or where it may come of what runs."""
    if name in context.units or name.startswith(AT_RUN_TIME) or unit_type(name) not in JUDGED:
        return True
    names = units_of_tree(context.root, unit.scope).names
    return name in names or template_of(name) in names


VERBS = ("enable", "disable", "ignore")
INSTALL = ("WantedBy", "RequiredBy", "UpheldBy", "Alias", "Also")


class PresetLine(NamedTuple):
    """A line that decides about the units which the pattern matches."""

    number: int
    verb: str
    pattern: str


def without_install(unit: Unit, context: Context) -> Iterator[Hit]:
    """Enable of a unit of the checked tree whose [Install] says nothing."""
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
    """A line that is neither empty nor a comment, and begins with none of the words."""
    for document in unit.documents:
        for number, text in enumerate(document.lines, 1):
            words = text.split()
            if words and words[0][0] not in "#;" and (words[0] not in VERBS or len(words) < 2):
                yield Hit(line_place(document, number), {"word": words[0]}, suggestion=_hint(words[0]))


def never_reached(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A line below one that matches all that this one does: the first match decides."""
    above = _LinesAbove()
    for document, line in _lines(unit):
        first = above.first_that_covers(line.pattern)
        if first is not None:
            related = ((line_place(document, first.number), "this line decides"),)
            yield Hit(line_place(document, line.number), {"first": f"{first.verb} {first.pattern}"}, related)
        above.add(line)


_WILD = late_pattern(r"[*?\[]")
MOST_ALIKE = 100
"""So many patterns that begin alike are compared with a name."""


class _LinesAbove:
    """Lines of presets by pattern, and those with wildcards by what stands before the first of these."""

    def __init__(self) -> None:
        self._by_pattern: dict[str, PresetLine] = {}
        self._by_head: dict[str, list[PresetLine]] = {}

    def add(self, line: PresetLine) -> None:
        self._by_pattern.setdefault(line.pattern, line)
        head = _WILD.split(line.pattern, maxsplit=1)[0]
        alike = self._by_head.setdefault(head, []) if head != line.pattern else []
        if len(alike) < MOST_ALIKE:
            alike.append(line)

    def first_that_covers(self, pattern: str) -> PresetLine | None:
        """The first line that surely matches all that the pattern does; of two patterns only * is known to do that."""
        if _WILD.search(pattern):
            found = [self._by_pattern.get(pattern), self._by_pattern.get("*")]
        else:
            heads = (pattern[:length] for length in range(min(len(pattern), MAX_LENGTH) + 1))
            alike = (line for head in heads for line in self._by_head.get(head, ()))
            found = [self._by_pattern.get(pattern), *(line for line in alike if fnmatchcase(pattern, line.pattern))]
        lines = [line for line in found if line is not None]
        return min(lines, key=lambda line: line.number) if lines else None


def _lines(unit: Unit) -> Iterator[tuple[Document, PresetLine]]:
    for document in unit.documents:
        for number, text in enumerate(document.lines, 1):
            words = text.split()
            if len(words) >= 2 and words[0] in VERBS:
                yield document, PresetLine(number, words[0], words[1])


def _hint(word: str) -> str | None:
    from unitlint.base.likeness import did_you_mean

    return did_you_mean(word, VERBS)
