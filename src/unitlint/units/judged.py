"""Every assignment of a unit as systemd judges it, found once for merging, rules and the exposure."""

from __future__ import annotations

from unitlint.base.records import NamedTuple
from unitlint.catalogue import QUADLET_SECTIONS, known, lookup, parser_of
from unitlint.files.names import quadlet_type
from unitlint.syntax.document import Assignment, header_refused_since
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.specifiers import FULL, expand
from unitlint.values.table import ask, grammar_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.catalogue import CatalogueEntry
    from unitlint.syntax.document import Document
    from unitlint.units.objections import Objection
    from unitlint.units.unit import Unit
    from unitlint.values.problem import Grammar


class Judged(NamedTuple):
    """What systemd says of a unit's assignments at one release."""

    release: int
    by_rule: dict[str, list[Objection]]
    """The objections by the name of the rule that reports them."""
    problems: dict[int, tuple[ValueProblem, ...] | None]
    """What the value grammars say, by the assignment's identity; None where the directive is not known there."""
    stops: dict[int, int]
    """The line of the value or header at which systemd stops reading a file, by the document's identity."""
    lost: dict[int, set[int]]
    """By the document's identity the lines that belong to an unclosed quote above (units/lost_lines.py)."""
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
    found = Judged(release, {}, {}, {}, {}, set())
    doubtful = _doubtful(unit, kind, readings, release, is_user=is_user)
    for document in unit.documents:
        header = _refused_header(document, release) if document.problems else None
        if header is None and not doubtful:  # as of most
            continue
        is_read = True
        if header is not None:
            found.stops[id(document)] = header
        for assignment in document.assignments:
            if header is not None and assignment.line > header:
                is_read = unit.reads_on
            reading = doubtful.get(id(assignment))
            if reading is None or (found.lost and assignment.line in found.lost.get(id(document), ())):
                continue
            objections = _judge_assignment(unit, kind, assignment, reading, found)
            if not is_read:
                continue  # nobody hears of it, but what is merged of a refused unit is judged all the same
            for objection in objections:
                found.by_rule.setdefault(objection.rule, []).append(objection)
                if objection.effect == "refused" and assignment.section not in QUADLET_SECTIONS:
                    found.stops[id(document)] = min(assignment.line, found.stops.get(id(document), assignment.line))
                    is_read = unit.reads_on  # systemd reads no further (conf-parser.c: config_parse)
    return found


def _doubtful(
    unit: Unit, kind: str, readings: dict[tuple[str, str], _Reading], release: int, *, is_user: bool
) -> dict[int, _Reading]:
    """The assignments, by identity, to which something may be said: few, as most values have been seen before."""
    found: dict[int, _Reading] = {}
    name = unit.name
    for key, lines in unit.assignments.items():
        reading = readings.get(key)
        if reading is None:
            reading = readings[key] = _reading(kind, *key, release, is_user=is_user)
        if reading.grammar is None and reading.known:
            continue
        silent = reading.silent
        for line in lines:
            value = line.value
            if value not in silent or name in value:  # a unit may not name itself everywhere
                found[id(line)] = reading
    return found


def _refused_header(document: Document, release: int) -> int | None:
    """The line of the first section header for whose name this release refuses the file."""
    for problem in document.problems:
        since = header_refused_since(problem.text) if problem.kind == "bad-section-characters" else None
        if since is not None and since <= release:
            return problem.line
    return None


def _reading(kind: str, section: str, directive: str, release: int, *, is_user: bool) -> _Reading:
    entry = lookup(kind, section, directive)
    is_known = entry is not None and known(entry, release)
    parser = parser_of(entry, release) if entry is not None and is_known else None
    context = ValueContext(release, section, directive, entry or {}, is_user, "")
    return _Reading(entry, is_known, grammar_of(parser or ""), context, set())


def _judge_assignment(
    unit: Unit, kind: str, assignment: Assignment, reading: _Reading, found: Judged
) -> list[Objection]:
    entry, text = reading.entry, assignment.value
    release = reading.context.release
    if entry is None or not reading.known or reading.grammar is None:
        if assignment.directive.startswith("X-") or assignment.section.startswith("X-"):
            return []
        from unitlint.units.objections import of_unknown_directive

        found.problems[id(assignment)] = None
        return [of_unknown_directive(unit, kind, assignment, entry, release)]
    depends = "%" in text or unit.name in text
    context = ValueContext(*reading.context[:-1], unit.name) if depends else reading.context
    if text.startswith("%") and context.entry.get("specifiers") == FULL and expand(text, context) == "":
        found.empty.add(id(assignment))
    # What holds a placeholder of a template may be anything.
    problems = ask(reading.grammar, text, context) if assignment.is_known else ()
    if unit.quadlet and problems:
        problems = without_quadlets(problems, assignment)
    # Of a file elsewhere that uses the instance, app.service may be installed as app@.service.
    if problems and depends and ("@." in unit.name or ("@" not in unit.name and unit.may_be_renamed)):
        problems = without_instances(problems, text, context)
    if problems:
        from unitlint.units.objections import of_value

        found.problems[id(assignment)] = problems
        if unit.reads_on:
            _note_lost(found, assignment, problems)
        return [of_value(assignment, entry, problem, release) for problem in problems]
    if not depends and assignment.is_known:
        if len(reading.silent) > _MOST_SILENT:
            reading.silent.clear()
        reading.silent.add(text)
    return []


def _note_lost(found: Judged, assignment: Assignment, problems: tuple[ValueProblem, ...]) -> None:
    from unitlint.units.lost_lines import lost_below

    last = lost_below(assignment, problems)
    if last:
        lines = range(assignment.end_line + 1, last + 1)
        found.lost.setdefault(id(assignment.document), set()).update(lines)


def without_instances(problems: tuple[ValueProblem, ...], text: str, context: ValueContext) -> tuple[ValueProblem, ...]:
    """Without those about words of a template that are something else with each instance.

    ``%I`` may be any path; the name of an instance holds no slash, so that nothing begins with one at ``%i``.
    """
    if context.entry.get("specifiers") is None:
        return problems
    return tuple(problem for problem in problems if not _may_be_anything(text[problem.start : problem.end], problem))


def _may_be_anything(word: str, problem: ValueProblem) -> bool:
    if problem.kind == "relative-path":
        return word.lstrip("-+").startswith(("%I", "%J"))
    return problem.kind == "invalid-value" and ("%i" in word or "%I" in word)


def without_quadlets(problems: tuple[ValueProblem, ...], assignment: Assignment) -> tuple[ValueProblem, ...]:
    """Without those about names of Quadlet files in dependencies, which the generator replaces by those of services."""
    if assignment.section != "Unit":
        return problems
    return tuple(one for one in problems if not quadlet_type(assignment.value[one.start : one.end].strip("\"'")))
