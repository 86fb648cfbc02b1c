"""What is said where systemd objects to a value or knows no such directive, and what to write instead."""

from __future__ import annotations

from functools import lru_cache
from sys import intern

from unitlint.base.records import NamedTuple
from unitlint.catalogue import QUADLET_SECTIONS, confs_with, known, lookup, parser_of, sections_of, sections_with
from unitlint.units.other_places import condition_of, of_another_unit, of_option, of_variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Effect
    from unitlint.catalogue import CatalogueEntry
    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import Unit
    from unitlint.values.problem import ValueProblem


class Objection(NamedTuple):
    """What systemd has against an assignment.

    ``rule`` is the name of the rule that reports it, ``span`` the part of the value (None: the directive's name).
    """

    rule: str
    assignment: Assignment
    effect: Effect
    fields: dict[str, object]
    span: tuple[int, int] | None
    suggestion: str | None
    replacement: str | None = None
    """What to write in place of that part."""


def of_value(assignment: Assignment, entry: CatalogueEntry, problem: ValueProblem, release: int) -> Objection:
    """The objection that a value grammar has to a value."""
    word = _word(assignment, problem)
    what = f"invalid value `{word}`" if word else "empty value"
    fields: dict[str, object] = {"reason": problem.reason, "release": release, "word": word or "(empty)", "what": what}
    span: tuple[int, int] | None = (problem.start, problem.end)
    rule, suggestion = problem.kind, problem.suggestion
    if rule == "removed-directive":
        replaced = entry.get("replaced_by")
        fields |= {"since": entry.get("removed_in"), "instead": _instead(entry)}
        advice = f"Write {_listed(replaced)} instead, or delete the line." if replaced else "Delete the line."
        return Objection(rule, assignment, problem.effect, fields, None, suggestion or advice, replaced)
    if rule == "deprecated-directive":
        return Objection(rule, assignment, problem.effect, fields, None, problem.help, entry.get("replaced_by"))
    if rule not in RULES_OF_VALUES:
        rule = "invalid-value"
    parser = parser_of(entry, release)
    fields["outcome"] = _outcome(assignment, problem, parser, release)
    near = suggestion if problem.help else _meant(problem, assignment, entry, parser, release)
    hint = problem.help or _advice(rule, problem, assignment, release, near)
    # What is written must be what the help says.
    return Objection(rule, assignment, problem.effect, fields, span, hint, suggestion if suggestion == near else None)


OUTCOMES = {"refused": "systemd refuses the unit", "warned": "systemd warns"}
ADVISED = frozenset(("invalid-value", "out-of-range", "bad-specifier", "relative-path"))
"""Rules whose help says what is accepted; others say in the message what is wrong."""


LOSES_THE_REST = {"config_parse_address_families": 261}
"""Parsers that give up at the first word that they do not know, and the release since which they do."""


TRIED_OUT = frozenset(("invalid-value", "relative-path"))
"""Rules for whose findings other spellings are tried out."""


def _meant(
    problem: ValueProblem, assignment: Assignment, entry: CatalogueEntry, parser: str | None, release: int
) -> str | None:
    """The nearest accepted spelling: the grammar's own suggestion, else one that is tried out."""
    is_list = "," in assignment.value[problem.start : problem.end]
    has_own = problem.suggestion is not None and not is_list
    if has_own or problem.effect == "warned" or problem.kind not in TRIED_OUT or not parser:
        return problem.suggestion
    from unitlint.values.near import nearest_accepted
    from unitlint.values.problem import ValueContext

    context = ValueContext(release, assignment.section, assignment.directive, entry)
    return nearest_accepted(parser, assignment.value, problem.start, problem.end, context) or problem.suggestion


def _outcome(assignment: Assignment, problem: ValueProblem, parser: str | None, release: int) -> str:
    if problem.effect == "warned":
        return f"{problem.reason}; {OUTCOMES['warned']}"
    if assignment.section in QUADLET_SECTIONS:
        return _of_podman(problem.reason)[1] or (
            "podman reads it as no" if problem.effect == "ignored" else PODMAN_FAILS
        )
    from unitlint.units.merge import WORD_BY_WORD

    is_part = problem.end - problem.start < len(assignment.value) and parser in WORD_BY_WORD
    if is_part and release >= LOSES_THE_REST.get(parser or "", release + 1):
        return "systemd ignores it and the rest of the line"
    return OUTCOMES.get(problem.effect) or ("systemd ignores this part" if is_part else "systemd ignores this line")


PODMAN_FAILS = "podman refuses it, and the service fails"


def _of_podman(reason: str) -> tuple[str, str]:
    """What is wrong with the value of a Quadlet's key, and what podman or its generator does."""
    wrong, semicolon, outcome = reason.rpartition("; ")
    return (wrong, outcome) if semicolon and outcome.lower().startswith("podman") else (reason, "")


def _advice(rule: str, problem: ValueProblem, assignment: Assignment, release: int, near: str | None) -> str | None:
    """What to write instead, or what is accepted; None where the rule's own help says it."""
    meant = f"did you mean `{near}`?" if near else None
    if rule not in ADVISED:
        return meant or _of_template(assignment.value)
    reason = _of_podman(problem.reason)[0] if assignment.section in QUADLET_SECTIONS else problem.reason
    if not reason.startswith("systemd"):
        reason = reason[:1].upper() + reason[1:]
    if not assignment.value:
        can_be_right = reason.startswith(("Expected", "Accepted"))
        return f"{'Delete the line, or write a value.' if can_be_right else 'Delete the line.'} {reason}."
    if rule == "bad-specifier":
        reason = _percent_sign(assignment.value[problem.start : problem.end], release) or reason
    variable = VARIABLE if "$" in assignment.value[problem.start : problem.end] and not meant else None
    return " ".join(filter(None, (meant, _of_template(assignment.value), variable, f"{reason}.")))


VARIABLE = "systemd does not expand variables here."


def _percent_sign(text: str, release: int) -> str | None:
    """What to write for the first specifier in a text that the release does not know, or does not expand there."""
    import re

    from unitlint.catalogue import facts

    since = {entry["specifier"]: entry.get("since") or 0 for entry in facts("specifiers")}
    letters = re.findall("%([A-Za-z0-9])", text.replace("%%", ""))
    unknown = [letter for letter in letters if since.get(letter, release + 1) > release]
    if unknown:
        return f"`%{unknown[0]}` is not a specifier; write `%%{unknown[0]}` for a percent sign"
    return f"`%{letters[0]}` cannot be used here; write `%%{letters[0]}` for a percent sign" if letters else None


def _of_template(value: str) -> str | None:
    """A word to those whose build fills in names such as @SBINDIR@."""
    name, at, _ = value.partition("@")[2].partition("@")
    if not at or not name.isidentifier() or not name.isupper():
        return None
    return f"where a build fills in @{name}@, call the file .in or name it in the setting `templates`"


RULES_OF_VALUES = frozenset(
    (
        "invalid-value", "out-of-range", "bad-specifier", "relative-path", "legacy-path", "deprecated-value",
        "other-architecture",
    )
)  # fmt: skip


def _word(assignment: Assignment, problem: ValueProblem) -> str:
    word = assignment.value[problem.start : problem.end]
    return word if len(word) <= 60 else word[:57] + "..."


def of_unknown_directive(
    unit: Unit, kind: str, assignment: Assignment, entry: CatalogueEntry | None, release: int
) -> Objection:
    """The objection to a directive that is too new, removed, in the wrong section, or known nowhere."""
    directive = assignment.directive
    fields = _of_unknown(release, assignment.section)
    if entry is not None and release < entry.get("since", 0):
        return Objection("too-new-directive", assignment, "ignored", fields | {"since": entry["since"]}, None, None)
    if entry is not None:
        fields = fields | {"since": entry.get("removed_in"), "instead": _instead(entry)}
        return Objection("removed-directive", assignment, "ignored", fields, None, None, entry.get("replaced_by"))
    own = sections_of((unit.quadlet or unit.type) if kind == "unit" else kind)
    for section in sections_with(kind, directive):
        other = lookup(kind, section, directive)
        if section in own and other is not None and known(other, release):
            outcome, effect = _outside(assignment.section)
            fields = fields | {"right": section, "outcome": outcome}
            return Objection("wrong-section", assignment, effect, fields, None, f"Move the line to [{section}].")
    near = _nearest(kind, assignment, release)
    hint = None if near is None else intern(f"did you mean `{near}`?")
    if kind == "unit" and confs_with(directive):
        hint, near = _of_a_conf(assignment, release), None
    elif kind == "unit":
        condition = condition_of(assignment, release)
        elsewhere = of_another_unit(assignment, release) or of_option(assignment) or of_variable(assignment)
        if condition is not None:
            hint, near = f"did you mean `{condition}`?", condition
        elif elsewhere is not None:
            hint, near = elsewhere, None
    outcome, effect = _outside(assignment.section)
    if effect == "refused":
        fields = fields | {"reader": "Podman's generator", "outcome": "makes no service of the file"}
    return Objection("unknown-directive", assignment, effect, fields, None, hint, near)


@lru_cache(maxsize=256)
def _of_unknown(release: int, section: str) -> dict[str, object]:
    """The fields that all of a section's unknown directives share, of which a file may have a hundred thousand."""
    return {"release": release, "section": section, "reader": f"systemd {release}", "outcome": "ignores the line"}


def _outside(section: str) -> tuple[str, Effect]:
    """What comes of a key that is not known in this section, in words and as an effect."""
    if section in QUADLET_SECTIONS:
        return "Podman's generator makes no service of the file", "refused"
    return "systemd ignores it", "ignored"


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
    if not replaced:
        return ""
    return f"; {_listed(replaced)} {'replace' if ',' in str(replaced) else 'replaces'} it"


def _listed(names: object) -> str:
    """``A= and B=`` of ``A, B``."""
    return " and ".join(f"{name.strip()}=" for name in str(names).split(","))


_nearest_of: dict[tuple[str, str, str, int], str | None] = {}
_MOST_NEAREST = 5_000


def _nearest(kind: str, assignment: Assignment, release: int) -> str | None:
    from unitlint.base.likeness import nearest
    from unitlint.catalogue import known_directives

    key = (kind, assignment.section, assignment.directive, release)
    if key not in _nearest_of:
        if len(_nearest_of) > _MOST_NEAREST:
            _nearest_of.clear()
        _nearest_of[key] = nearest(assignment.directive, known_directives(kind, assignment.section, release))
    return _nearest_of[key]
