"""Conditions of rule files, compiled to objects that judge a unit.  No code of a rule file is run.

``rules/validate.py`` has checked the form of a condition before it comes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from unitlint.base.records import NamedTuple
from unitlint.rules.model import Context
from unitlint.rules.subjects import Culprit, compared, is_ignored, items, judge_commands, lines_of, subjects
from unitlint.rules.walk import ANY_COMMAND, ANY_OF, OWN, names_of, section_of, split
from unitlint.rules.words import ComparedValue, Truth, as_list, as_text, every, holds, is_word_list, negated, some
from unitlint.syntax.document import Assignment
from unitlint.units.unit import DirectiveName, Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.rules.facts import Fact, FactValue

COMMAND_WORDS = ("program", "argument", "prefix")
SAYING_WORDS = ("note", "as", "reason")
"""Words that ask for nothing: what a finding shows and says where the condition holds."""
NOT_OF_A_VALUE = frozenset(("set", "contains", "or-unset", *COMMAND_WORDS, *SAYING_WORDS))
_UNKNOWN = object()
_MOST_KEPT = 1000


class Leaf:
    """What is asked of one directive, or of one fact about the unit.

    Where a directive is assigned several times, or holds a list, one value at fault is enough: under ``match`` the
    words must hold for one of the values, under ``require`` (and below each ``not`` the other way round) for all.
    """

    def __init__(self, name: str, words: dict[str, Any], *, blames: bool, only_accepted: bool, finds: bool) -> None:
        self.section, self.directive = split(name)
        self._key = None if self.section == OWN else (self.section, self.directive)
        self.note: str = words.get("note", "")
        self.label: str = words.get("as", "")
        self.reason: str = words.get("reason", "")
        self._blames = blames
        self._only_accepted = only_accepted
        self._finds = finds and blames
        self._set = words.get("set")
        self._or_unset: bool = words.get("or-unset", False)
        self._contains = words.get("contains")
        self._asks_for_no_value = words.keys() <= {"set", "or-unset", *SAYING_WORDS}
        self._commands = {word: tuple(map(as_text, as_list(words[word]))) for word in COMMAND_WORDS if word in words}
        self._values = {word: wanted for word, wanted in words.items() if word not in NOT_OF_A_VALUE}
        self._asks_for_values_alone = bool(self._values) and not self._commands and self._contains is None
        self._truths: dict[tuple[str, ...], Truth] | None = {} if _is_written_out(self._values) else None
        """Of the values seen so far, most of which come again and again; None where other directives decide."""

    def key(self, unit: Unit) -> DirectiveName:
        """The section and directive, in this unit; a fact has no section."""
        return self._key or (section_of(self.section, unit.type), self.directive)

    def truth(self, unit: Unit, context: Context) -> Truth:
        """Whether it holds; None where that cannot be known."""
        if not self.section:
            return self._truth_of_fact(unit, context)
        key = self.key(unit)
        lines = unit.all(*key)
        if not lines:
            if not self._only_accepted and is_ignored(unit, key, context.release):
                counts = self._asks_for_no_value and (self._or_unset or not self._finds)
                return self._set if counts else None
            return self._truth_where_unset(unit)
        if self._set is False:
            return False
        if self._asks_for_no_value:
            return True
        if self._asks_for_values_alone and len(lines) == 1 and not is_word_list(key, unit.catalogue_kind):
            return self._judge(compared(unit, key, lines[0].value), unit, context)
        parts: list[Truth] = []
        if self._contains is not None:
            wanted = _texts(_resolve(self._contains, unit, context))
            parts.append(any(found.item in wanted for found in items(lines)))
        joined = some if self._blames else every
        if self._commands:
            parts.append(joined(truth for _, truth in judge_commands(lines, self._commands, context.release)))
        if self._values:
            found_values = subjects(unit, key, lines)
            if not found_values:
                return self._truth_where_unset(unit)
            parts.append(joined(self._judge(compared(unit, key, found.item), unit, context) for found in found_values))
        return every(parts)

    def culprits(self, unit: Unit, context: Context) -> Iterator[Culprit]:
        """The assignments at fault, where the condition is one that blames single values."""
        if not self.section:
            line = _fact(self.directive, unit, context).line
            if line is not None:
                yield Culprit(line, line.value, None)
            return
        key = self.key(unit)
        lines = unit.all(*key)
        if self._commands:
            for found, truth in judge_commands(lines, self._commands, context.release):
                if truth is self._blames:
                    yield found
        elif self._values:
            for found in subjects(unit, key, lines):
                if self._judge(compared(unit, key, found.item), unit, context) is self._blames:
                    yield found
        elif self._contains is not None and self._blames:
            wanted = _texts(_resolve(self._contains, unit, context))
            yield from (found for found in items(lines) if found.item in wanted)

    def place(self, unit: Unit, context: Context) -> Culprit | None:
        """The first value at fault, or else the first assignment; None where nothing is set."""
        found = next(self.culprits(unit, context), None)
        if found is not None or not self.section:
            return found
        lines = lines_of(unit, self.key(unit), context.release, only_accepted=self._only_accepted)
        return Culprit(lines[0], lines[0].value, None) if lines else None

    def _judge(self, value: ComparedValue, unit: Unit, context: Context) -> Truth:
        if self._truths is None:
            return self._judge_anew(value, unit, context)
        if value not in self._truths:
            if len(self._truths) >= _MOST_KEPT:
                self._truths.clear()
            self._truths[value] = self._judge_anew(value, unit, context)
        return self._truths[value]

    def _judge_anew(self, value: ComparedValue, unit: Unit, context: Context) -> Truth:
        joined: Truth = True
        for word, given in self._values.items():
            wanted = _resolve(given, unit, context)
            truth = None if wanted is _UNKNOWN else holds(word, value, wanted)
            if truth is False:
                return False
            joined = joined and truth
        return joined

    def _truth_where_unset(self, unit: Unit) -> Truth:
        if not unit.has_fragment:
            return None  # the fragment, which is not among the files, may set it
        return self._set is False or self._or_unset

    def _truth_of_fact(self, unit: Unit, context: Context) -> Truth:
        text = _fact(self.directive, unit, context).text
        if self._set is not None:
            return bool(text) is self._set
        return None if text is None else self._judge(ComparedValue("", self.directive, text, "unit"), unit, context)


class Join:
    """``all``, ``any`` or ``not`` of other conditions."""

    def __init__(self, how: str, parts: Sequence[Condition]) -> None:
        self.how = how
        self.parts = parts

    def truth(self, unit: Unit, context: Context) -> Truth:
        """Whether it holds; None where that cannot be known."""
        if self.how == "not":
            return negated(self.parts[0].truth(unit, context))
        decisive = self.how == "any"
        joined: Truth = not decisive
        for part in self.parts:  # as every() and some() do, without a generator: a third of the time
            truth = part.truth(unit, context)
            if truth is decisive:
                return decisive
            if truth is None:
                joined = None
        return joined


Condition = Leaf | Join


def build(node: Any, *, blames: bool, only_accepted: bool = False, finds: bool = True) -> Condition:
    """The condition of a rule file, as plain data, compiled.

    ``blames`` is True for ``match``; ``only_accepted`` leaves out what systemd ignores, as it does itself when it loads
    a unit. ``finds`` is False for ``when``: nothing is found at a line that systemd ignores, but ``when`` goes by it.
    """
    ((key, inner),) = node.items()
    if key in ("all", "any"):
        return Join(key, [build(part, blames=blames, only_accepted=only_accepted, finds=finds) for part in inner])
    if key == "not":
        return Join(key, [build(inner, blames=not blames, only_accepted=only_accepted, finds=finds)])
    if key in (ANY_OF, ANY_COMMAND):
        words = {word: wanted for word, wanted in inner.items() if word != "directives"}
        return Join(
            "any",
            [
                Leaf(name, words, blames=blames, only_accepted=only_accepted, finds=finds)
                for name in names_of(key, inner)
            ],
        )
    return Leaf(key, inner, blames=blames, only_accepted=only_accepted, finds=finds)


class Explanation(NamedTuple):
    """Why a condition came out as it did: the part that is to blame, and the parts that hold beside it."""

    to_blame: Leaf
    held: tuple[Leaf, ...]


def explain(condition: Condition, unit: Unit, context: Context, *, held: bool) -> Iterator[Explanation]:
    """What made the condition true (``held``) or false.

    Where it takes all parts together, the first one that speaks of a directive stands for them, one without ``not``
    if there is one; where each part suffices, each that does.
    """
    if isinstance(condition, Leaf):
        yield Explanation(condition, (condition,) if held else ())
    elif condition.how == "not":
        yield from explain(condition.parts[0], unit, context, held=not held)
    elif (condition.how == "all") is held:
        yield from _explain_together(condition, unit, context, held=held)
    else:
        for part in condition.parts:
            if part.truth(unit, context) is held:
                yield from explain(part, unit, context, held=held)


def _explain_together(condition: Join, unit: Unit, context: Context, *, held: bool) -> Iterator[Explanation]:
    first = min(condition.parts, key=_how_little_it_says)
    beside = {
        id(part): next(explain(part, unit, context, held=held)).held for part in condition.parts if part is not first
    }
    for evidence in explain(first, unit, context, held=held):
        found = [leaf for part in condition.parts for leaf in beside.get(id(part), evidence.held)]
        yield Explanation(evidence.to_blame, tuple(found))


def _how_little_it_says(part: Condition) -> int:
    if not any(leaf.section for leaf in leaves(part)):
        return 2
    return int(isinstance(part, Join) and part.how == "not")


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf, in the order of the rule file."""
    if isinstance(condition, Leaf):
        yield condition
    else:
        for part in condition.parts:
            yield from leaves(part)


def _is_written_out(values: dict[str, Any]) -> bool:
    """Whether nothing but the rule file says what is wanted: no option and no other directive."""
    return not any(isinstance(wanted, dict) for wanted in values.values())


def _resolve(given: Any, unit: Unit, context: Context) -> Any:
    """What is asked for: written out, an option's value, or the value of another directive."""
    if not isinstance(given, dict):
        return given
    if "option" in given:
        return context.options[given["option"]]
    other = deciding(unit, given["value-of"])
    return _UNKNOWN if other is None else other.value


def deciding(unit: Unit, name: str) -> Assignment | None:
    """The assignment that decides the directive ``name``, ``Service.User`` or ``Own.MemoryMax``."""
    section, directive = split(name)
    return unit.last(section_of(section, unit.type), directive)


def _texts(wanted: Any) -> set[str]:
    return set() if wanted is _UNKNOWN else {as_text(one) for one in as_list(wanted)}


def _fact(name: str, unit: Unit, context: Context) -> FactValue:
    return _fact_named(name).find(unit, context)


@lru_cache(maxsize=64)
def _fact_named(name: str) -> Fact:
    from unitlint.rules.facts import FACTS

    return FACTS[name]
