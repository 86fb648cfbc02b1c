"""What systemd says of every assignment of a unit, found once for all the rules about directives and values."""

from __future__ import annotations

from unitlint.base.records import NamedTuple
from unitlint.catalogue import QUADLET_SECTIONS, confs_with, known, lookup, parser_of, sections_of, sections_with
from unitlint.files.names import quadlet_type
from unitlint.syntax.document import Assignment
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.specifiers import FULL, expand
from unitlint.values.table import ask, grammar_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Effect
    from unitlint.catalogue import CatalogueEntry
    from unitlint.units.unit import Unit
    from unitlint.values.problem import Grammar


class Judgement(NamedTuple):
    """One objection: the rule's name, the assignment, and the part of its value (None: the directive's name)."""

    rule: str
    assignment: Assignment
    effect: Effect
    fields: dict[str, object]
    span: tuple[int, int] | None
    suggestion: str | None
    replacement: str | None = None
    """What to write in place of that part."""


class Judged(NamedTuple):
    """What systemd says of a unit's assignments at one release."""

    release: int
    by_rule: dict[str, list[Judgement]]
    """The objections by the name of the rule that reports them."""
    problems: dict[int, tuple[ValueProblem, ...] | None]
    """What the value grammars say, by the assignment's identity; None where the directive is not known there."""
    stops: dict[int, int]
    """The line of the value at which systemd stops reading a file, by the document's identity."""
    empty: set[int]
    """Assignments whose specifiers stand for nothing here, as %i outside of an instance, by identity."""


def judged(unit: Unit, release: int) -> Judged:
    """Found once for each unit and release, as dozens of rules ask for it."""
    found: Judged | None = unit.memo.get(release)
    if found is None:
        found = unit.memo[release] = _judge(unit, release)
    return found


def is_loaded(unit: Unit, release: int) -> bool:
    """True of a unit that systemd reads to the end without refusing it, so that it judges the unit as a whole.

    Where more is read than systemd does, the rest is judged as if it had gone on. Scopes are not read from files
    (unit.c: unit_load).
    """
    if not unit.has_fragment or unit.masked or unit.type == "scope":
        return False
    if unit.reads_on:
        return True
    return not unit.documents[0].refused and id(unit.documents[0]) not in judged(unit, release).stops


def is_read(unit: Unit, assignment: Assignment, judged: Judged) -> bool:
    """False from the line on at which systemd stops reading a drop-in (load-dropin.c: unit_load_dropin).

    Of a unit file that is refused nothing is in effect, so all of it counts as it was meant.
    """
    if unit.reads_on or (unit.has_fragment and assignment.document is unit.documents[0]):
        return True
    stop = judged.stops.get(id(assignment.document))
    return stop is None or assignment.line < stop


class _Reading(NamedTuple):
    """How one release reads a directive."""

    entry: CatalogueEntry | None
    known: bool
    grammar: Grammar | None
    """None where systemd takes every value."""
    context: ValueContext
    silent: set[str]
    """Values to which nothing is said, whatever the unit; most of a repository's are alike."""


_readings: dict[tuple[str, int, bool], dict[tuple[str, str], _Reading]] = {}
_MOST_SILENT = 5_000


def _judge(unit: Unit, release: int) -> Judged:
    kind = unit.catalogue_kind
    is_user = unit.scope == "user"
    readings = _readings.setdefault((unit.quadlet or kind, release, is_user), {})
    found = Judged(release, {}, {}, {}, set())
    for document in unit.documents:
        is_read = True
        for assignment in document.assignments:
            key = (assignment.section, assignment.directive)
            reading = readings.get(key)
            if reading is None:
                reading = readings[key] = _reading(kind, *key, release, is_user=is_user)
            value = assignment.value
            if reading.grammar is None and reading.known:
                continue
            if value in reading.silent and unit.name not in value:  # a unit may not name itself everywhere
                continue
            judgements = _judge_assignment(unit, kind, assignment, reading, found)
            if not is_read:
                continue  # nobody hears of it, but what is merged of a refused unit is judged all the same
            for judgement in judgements:
                found.by_rule.setdefault(judgement.rule, []).append(judgement)
                if judgement.effect == "refused" and assignment.section not in QUADLET_SECTIONS:
                    found.stops.setdefault(id(document), assignment.line)
                    is_read = unit.reads_on  # systemd reads no further (conf-parser.c: config_parse)
    return found


def _reading(kind: str, section: str, directive: str, release: int, *, is_user: bool) -> _Reading:
    entry = lookup(kind, section, directive)
    is_known = entry is not None and known(entry, release)
    parser = parser_of(entry, release) if entry is not None and is_known else None
    context = ValueContext(release, section, directive, entry or {}, is_user, "")
    return _Reading(entry, is_known, grammar_of(parser or ""), context, set())


def _judge_assignment(
    unit: Unit, kind: str, assignment: Assignment, reading: _Reading, found: Judged
) -> list[Judgement]:
    entry, text = reading.entry, assignment.value
    release = reading.context.release
    if entry is None or not reading.known or reading.grammar is None:
        if assignment.directive.startswith("X-") or assignment.section.startswith("X-"):
            return []
        found.problems[id(assignment)] = None
        return [_unknown(unit, kind, assignment, entry, release)]
    depends = "%" in text or unit.name in text
    context = ValueContext(*reading.context[:-1], unit.name) if depends else reading.context
    if text.startswith("%") and context.entry.get("specifiers") == FULL and expand(text, context) == "":
        found.empty.add(id(assignment))
    # What holds a placeholder of a template may be anything.
    problems = ask(reading.grammar, text, context) if type(assignment) is Assignment else ()
    if unit.quadlet and problems:
        problems = without_quadlets(problems, assignment)
    if problems:
        found.problems[id(assignment)] = problems
    elif not depends:
        if len(reading.silent) > _MOST_SILENT:
            reading.silent.clear()
        reading.silent.add(text)
    return [_of_value(assignment, entry, problem, release) for problem in problems]


def _of_value(assignment: Assignment, entry: CatalogueEntry, problem: ValueProblem, release: int) -> Judgement:
    fields: dict[str, object] = {"reason": problem.reason, "release": release, "word": _word(assignment, problem)}
    span: tuple[int, int] | None = (problem.start, problem.end)
    rule, suggestion = problem.kind, problem.suggestion
    if rule == "removed-directive":
        fields |= {"since": entry.get("removed_in"), "instead": _instead(entry)}
        return Judgement(rule, assignment, problem.effect, fields, None, suggestion, entry.get("replaced_by"))
    if rule == "deprecated-directive":
        return Judgement(rule, assignment, problem.effect, fields, None, suggestion, entry.get("replaced_by"))
    if rule not in RULES_OF_VALUES:
        rule = "invalid-value"
    fields["outcome"] = _outcome(assignment, problem)
    hint = _advice(rule, problem, assignment)
    return Judgement(rule, assignment, problem.effect, fields, span, hint, suggestion)


OUTCOMES = {"refused": "systemd refuses the unit", "warned": "systemd warns"}
ADVISED = frozenset(("invalid-value", "bad-specifier"))
"""Rules whose help says what is accepted; others say in the message what is wrong."""


def _outcome(assignment: Assignment, problem: ValueProblem) -> str:
    if problem.effect == "warned":
        return f"{problem.reason}; {OUTCOMES['warned']}"
    is_part = problem.end - problem.start < len(assignment.value)
    return OUTCOMES.get(problem.effect) or ("systemd ignores this part" if is_part else "systemd ignores this line")


def _advice(rule: str, problem: ValueProblem, assignment: Assignment) -> str | None:
    """What to write instead, or what is accepted; None where the rule's own help says it."""
    meant = f"did you mean `{problem.suggestion}`?" if problem.suggestion else None
    if rule not in ADVISED:
        return meant or _of_template(assignment.value)
    reason = problem.reason[:1].upper() + problem.reason[1:]
    return " ".join(filter(None, (meant, _of_template(assignment.value), f"{reason}.")))


def _of_template(value: str) -> str | None:
    """A word to those whose build fills in names such as @SBINDIR@."""
    name, at, _ = value.partition("@")[2].partition("@")
    if not at or not name.isidentifier() or not name.isupper():
        return None
    return f"where a build fills in @{name}@, call the file .in or name it in the setting `templates`"


RULES_OF_VALUES = frozenset(
    ("invalid-value", "out-of-range", "bad-specifier", "relative-path", "legacy-path", "deprecated-value")
)


def _word(assignment: Assignment, problem: ValueProblem) -> str:
    word = assignment.value[problem.start : problem.end]
    return word if len(word) <= 60 else word[:57] + "..."


def _unknown(unit: Unit, kind: str, assignment: Assignment, entry: CatalogueEntry | None, release: int) -> Judgement:
    """Too new, removed, in the wrong section, or known nowhere."""
    directive = assignment.directive
    fields: dict[str, object] = {"release": release, "section": assignment.section, "reader": f"systemd {release}"}
    fields["outcome"] = "ignores the line"
    if entry is not None and release < entry.get("since", 0):
        return Judgement("too-new-directive", assignment, "ignored", fields | {"since": entry["since"]}, None, None)
    if entry is not None:
        fields |= {"since": entry.get("removed_in"), "instead": _instead(entry)}
        return Judgement("removed-directive", assignment, "ignored", fields, None, None, entry.get("replaced_by"))
    own = sections_of((unit.quadlet or unit.type) if kind == "unit" else kind)
    for section in sections_with(kind, directive):
        other = lookup(kind, section, directive)
        if section in own and other is not None and known(other, release):
            return Judgement("wrong-section", assignment, "ignored", fields | {"right": section}, None, None)
    near = _nearest(kind, assignment, release)
    hint = None if near is None else f"did you mean `{near}`?"
    if kind == "unit" and confs_with(directive):
        hint, near = _of_a_conf(assignment, release), None
    effect: Effect = "ignored"
    if assignment.section in QUADLET_SECTIONS:
        effect = "refused"
        fields |= {"reader": "Podman's generator", "outcome": "makes no service of the file"}
    return Judgement("unknown-directive", assignment, effect, fields, None, hint, near)


def _of_a_conf(assignment: Assignment, release: int) -> str:
    """A setting that stands in a unit and belongs in journald.conf, say; a unit's own directive has another meaning."""
    directive = assignment.directive
    places = " or ".join(f"{conf} (section [{section}])" for conf, section in confs_with(directive))
    hint = f"{directive}= is a setting of {places}; move the line there"
    for own in (f"Log{directive}", directive.removeprefix("Default")):
        entry = lookup("unit", assignment.section, own)
        if entry is not None and known(entry, release):
            return f"{hint}, or set {own}= for this unit alone"
    return hint


def _instead(entry: CatalogueEntry) -> str:
    replaced = entry.get("replaced_by")
    return f"; {replaced}= takes its place" if replaced else ""


_nearest_of: dict[tuple[str, str, str, int], str | None] = {}


def _nearest(kind: str, assignment: Assignment, release: int) -> str | None:
    from unitlint.base.likeness import nearest
    from unitlint.catalogue import directives_of

    key = (kind, assignment.section, assignment.directive, release)
    if key not in _nearest_of:
        names = [
            name
            for name in directives_of(kind, assignment.section)
            if known(lookup(kind, assignment.section, name) or {}, release)
        ]
        _nearest_of[key] = nearest(assignment.directive, names)
    return _nearest_of[key]


def without_quadlets(problems: tuple[ValueProblem, ...], assignment: Assignment) -> tuple[ValueProblem, ...]:
    """Without those about names of Quadlet files in dependencies, which the generator replaces by those of services."""
    if assignment.section != "Unit":
        return problems
    return tuple(one for one in problems if not quadlet_type(assignment.value[one.start : one.end].strip("\"'")))
