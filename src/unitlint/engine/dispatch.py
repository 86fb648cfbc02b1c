"""Units and rules to findings.  Pure: everything it needs is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from sys import intern

from unitlint.base.errors import failure
from unitlint.base.finding import Finding, Related, Span
from unitlint.engine.oddities import objections_to
from unitlint.engine.plan import Plan, noting, rules_again, rules_for
from unitlint.rules.model import Context, Hit, Place, Predicate, Rule, RuleDetails, WholeSet
from unitlint.syntax.document import Assignment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Effect, Fix, Severity
    from unitlint.engine.capping import OfOneRule
    from unitlint.units.unit import Unit

RULE_PAGES = "https://unitlint.readthedocs.io/rules/"


def check_unit(unit: Unit, plan: Plan, units: Mapping[str, Unit]) -> list[Finding]:
    """Everything that the plan's rules have to say of one unit, with what comes of it in the end."""
    return weighed(asked(unit, plan, units), unit, plan)


def weighed(found: list[Finding], unit: Unit, plan: Plan) -> list[Finding]:
    """The findings of one unit, each cause told once, with the effect that each line has when systemd reads it."""
    if not found:
        return found
    from unitlint.engine.effects import as_read

    if plan.joins_causes:
        from unitlint.engine.causes import one_cause_each

        found = one_cause_each(found, plan.by_code)
    return as_read(found, unit, plan.about_lines)


def asked_alone(unit: Unit, plan: Plan, units: Mapping[str, Unit]) -> list[Finding]:
    """What each rule says of one unit by itself; rules about the whole set take no notes."""
    return _found(unit, plan, units, rules_for(unit, plan, objections_to(unit, plan)))


def asked_again(unit: Unit, plan: Plan, units: Mapping[str, Unit], codes: Iterable[str]) -> list[Finding]:
    """What the rules of these codes say of a unit, and those that report what was wrong when its lines were read."""
    return _found(unit, plan, units, rules_again(unit, plan, objections_to(unit, plan), codes))


def asked(unit: Unit, plan: Plan, units: Mapping[str, Unit]) -> list[Finding]:
    """What each rule says of one unit by itself; rules about the whole set take their notes.

    What fails in one rule is noted in the plan's ``failures``; the other rules are still asked.
    """
    objections = objections_to(unit, plan)
    for rule in noting(unit, plan, objections):
        try:
            note = whole_set_of(rule).note(unit)
        except Exception as error:
            plan.failures.append((unit.path, _failure(rule, error)))
        else:
            if note is not None:
                plan.notes.setdefault(rule.code, []).append(note)
    return _found(unit, plan, units, rules_for(unit, plan, objections))


def conclude(plan: Plan, unit_at: Callable[[str], Unit], *, partial: bool = False) -> list[Finding]:
    """What the rules about the whole set have to say, after every unit was checked.

    Of a ``partial`` set, in which only some files were named, rules that miss something say nothing.
    """
    found: list[Finding] = []
    for rule, _ in plan.whole:
        if (rule.directives or rule.objections) and rule.code not in plan.notes:
            continue  # nothing was noted, so that its module need not be imported
        whole = whole_set_of(rule)
        if (partial and whole.needs_all) or (plan.root is not None and whole.needs_no_root):
            continue
        try:
            for unit, hit in whole.conclude(plan.notes.get(rule.code, []), unit_at):
                found.append(_finding(rule, unit, None, hit))
        except Exception as error:
            plan.failures.append(("", _failure(rule, error)))
    return found


def _found(unit: Unit, plan: Plan, units: Mapping[str, Unit], rules: Iterable[Rule]) -> list[Finding]:
    found: list[Finding] = []
    ready = plan.ready
    if ready and next(iter(ready.values()))[1].units is not units:
        ready.clear()
    sure = None
    if unit.looks is not None:
        from unitlint.engine.templates import shown, sure_hits

        sure = sure_hits
    for rule in rules:
        known = ready.get(rule.code)
        if known is None:
            known = ready[rule.code] = _made_ready(rule, plan, units)
        predicate, context = known
        first: Hit | None = None  # as of most rules
        more: OfOneRule | None = None
        try:
            for hit in predicate(unit, context) if sure is None else sure(unit, rule, predicate, context):
                if first is None:
                    first = hit
                    continue
                if more is None:
                    from unitlint.engine.capping import OfOneRule

                    more = OfOneRule(first)
                more.add(hit)
        except Exception as error:
            plan.failures.append((unit.path, _failure(rule, error)))
        if first is not None:  # what came before a failure stays
            try:
                if more is None:
                    found.append(_finding(rule, unit, context, first))
                else:
                    found.extend(more.findings(partial(_finding, rule, unit, context)))
            except Exception as error:
                plan.failures.append((unit.path, _failure(rule, error)))
    return found if sure is None else [shown(finding) for finding in found]


def _failure(rule: Rule, error: Exception) -> str:
    return failure(error, f"rule {rule.code} failed" if rule.file else f"internal error in rule {rule.code}")


def _made_ready(rule: Rule, plan: Plan, units: Mapping[str, Unit]) -> tuple[Predicate, Context]:
    """What is the same for every unit of a run."""
    given = plan.options and {**plan.options.get(rule.name, {}), **plan.options.get(rule.code, {})}
    options = {**rule.details.options, **given} if given else rule.details.options
    return predicate_of(rule), Context(plan.release, options, plan.root, units)


_predicates: dict[str, tuple[Rule, Predicate]] = {}


def predicate_of(rule: Rule) -> Predicate:
    """The function that decides: compiled from ``match``, or the one that ``check`` names."""
    found = _predicates.get(rule.code)
    if found is None or found[0] is not rule:
        found = _predicates[rule.code] = (rule, _load_predicate(rule))
    return found[1]


def whole_set_of(rule: Rule) -> WholeSet:
    """What a rule about the whole set notes and concludes."""
    if rule.code not in _whole_sets:
        from unitlint.checks import load_check

        _whole_sets[rule.code] = load_check(rule.check)
    return _whole_sets[rule.code]


_whole_sets: dict[str, WholeSet] = {}


def _load_predicate(rule: Rule) -> Predicate:
    details = rule.details
    if details.match is not None or details.require is not None:
        from unitlint.rules.matcher import compile_rule

        return compile_rule(rule)
    if rule.file:
        from unitlint.rules.plugins import load_predicate

        return load_predicate(rule)
    from unitlint.checks import load_check

    predicate: Predicate = load_check(rule.check)
    return predicate


def _finding(rule: Rule, unit: Unit, context: Context | None, hit: Hit) -> Finding:
    fix = None
    effect = hit.effect or rule.effect
    if rule.fixable and context is not None:
        from unitlint.fix import load_fix

        fix = load_fix(rule.fix)(unit, hit, context)
    path, span, assignment = _place(hit.at, hit.span, on_name=hit.on_name)
    details = rule.details
    related = []
    for place, message in hit.related:
        other, stretch, _ = _place(place, None)
        related.append(Related(other, stretch.line, stretch.column, message))
    return Finding(  # names in front of twenty values take longer than all else
        rule.code,
        rule.name,
        _severity(rule, effect),
        rule.confidence,
        effect,
        _message(details, unit, hit, assignment),
        path,
        *span,
        unit.name,
        assignment.section if assignment else None,
        assignment.directive if assignment else None,
        tuple(related),
        fix is not None and fix.safe,
        url_of(rule),
        hit.suggestion or first_sentence(details.how_to_fix),
        fix,
        hit.replacement,
    )


def _severity(rule: Rule, effect: Effect | None) -> Severity:
    """What systemd only warns of, and obeys, is no error."""
    return "warning" if effect == "warned" and rule.severity == "error" else rule.severity


def _message(details: RuleDetails, unit: Unit, hit: Hit, assignment: Assignment | None) -> str:
    template = (assignment is None and details.message_when_unset) or details.message
    if "{" not in template and "}" not in template:
        return template
    fields: dict[str, object] = {"unit": unit.name}
    if assignment is not None:
        fields["directive"] = assignment.directive
        fields["section"] = assignment.section
        fields["value"] = assignment.value
    fields.update(hit.fields)
    try:
        message = template.format_map(fields)
    except KeyError:
        message = template.format_map(_Fields(fields))
    return intern(message)


class _Fields(dict[str, object]):
    """A message that names an unknown field shows the name instead of failing."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def url_of(rule: Rule) -> str:
    """The page of a rule; what its file says, for one that is not built in."""
    return rule.details.url if rule.file else intern(f"{RULE_PAGES}{rule.code}-{rule.name}")


@lru_cache(maxsize=1024)
def first_sentence(text: str) -> str:
    """The help that a finding shows: the first sentence of how to fix it."""
    paragraph = " ".join(text.strip().split("\n\n")[0].split())
    head, stop, _ = paragraph.partition(". ")
    return head + stop.strip()


def _place(place: Place, part: tuple[int, int] | None, *, on_name: bool = False) -> tuple[str, Span, Assignment | None]:
    if not isinstance(place, Assignment):
        document, span = place
        return document.path, span, None
    document = place.document
    if on_name:
        return document.path, document.directive_span(place), place
    start, end = part or (0, None)
    span = document.value_span(place, start, end)
    # A finding stands on the line where the assignment starts, wherever its caret would be.
    if span.line != place.line:
        name = document.directive_span(place)
        span = Span(name.line, name.column, span.end_line, span.end_column)
    return document.path, span, place


def in_order(finding: Finding) -> tuple[str, int, int, str]:
    """The order of findings in a report."""
    return finding.path, finding.line, finding.column, finding.code


def without_fix(finding: Finding) -> Finding:
    """The finding without its fix, as which it is the same for several units and releases."""
    return finding._replace(fix=None, fixable=False) if finding.fix else finding


def with_fix(finding: Finding, fixes: Iterable[Fix | None]) -> Finding:
    """The finding with the fix that was found for it each time, and is safe only if it was so each time."""
    found = list(fixes)
    first = found[0]
    if first is None or any(fix is None or fix.edits != first.edits for fix in found):
        return finding
    fix = first._replace(safe=all(fix is not None and fix.safe for fix in found))
    return finding._replace(fix=fix, fixable=fix.safe)
