"""Conditions of rule files, compiled to objects that judge a unit.  No code of a rule file is run.

``rules/validate.py`` has checked the form of a condition before it comes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from unitlint.base.records import NamedTuple
from unitlint.rules.model import Context
from unitlint.rules.words import ComparedValue, DirectiveName, Truth, as_list, as_text, every, holds, is_list, some
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FACTS = ("unit-name", "unit-type", "unit-scope")
"""What can be asked of the unit itself, beside its directives."""
NOT_OF_A_VALUE = ("set", "contains", "or-unset")
_UNKNOWN = object()


class Culprit(NamedTuple):
    """An assignment that a condition blames, and the item of its list, if it is one item's fault."""

    at: Assignment
    item: str
    span: tuple[int, int] | None


class Leaf:
    """What is asked of one directive, or of one fact about the unit.

    Where a directive is assigned several times, or holds a list, one value at fault is enough: under ``match`` the
    words must hold for one of the values, under ``require`` (and below each ``not`` the other way round) for all.
    """

    def __init__(self, name: str, words: dict[str, Any], *, blames: bool) -> None:
        section, dot, directive = name.partition(".")
        self.key: DirectiveName = (section, directive) if dot else ("", name)
        self._words = words
        self._blames = blames
        self._values = {word: wanted for word, wanted in words.items() if word not in NOT_OF_A_VALUE}

    def truth(self, unit: Unit, context: Context) -> Truth:
        """Whether it holds; None where that cannot be known."""
        found = self._found(unit)
        if not found:
            return self._unset(unit)
        parts: list[Truth] = [True]
        if "set" in self._words:
            parts.append(bool(self._words["set"]))
        if "contains" in self._words:
            wanted = _texts(_resolve(self._words["contains"], unit, context))
            parts.append(any(culprit.item in wanted for culprit in self._items(unit)))
        if self._values:
            joined = some if self._blames else every
            parts.append(joined(self._judge(asked, unit, context) for asked in found))
        return every(parts)

    def culprits(self, unit: Unit, context: Context) -> Iterator[Culprit]:
        """The assignments at fault, where the condition is one that blames single values."""
        if not self.key[0]:
            return
        if self._values:
            for culprit in self._subjects(unit):
                asked = ComparedValue(*self.key, culprit.item, _kind(unit))
                if self._judge(asked, unit, context) is self._blames:
                    yield culprit
        elif "contains" in self._words and self._blames:
            wanted = _texts(_resolve(self._words["contains"], unit, context))
            yield from (culprit for culprit in self._items(unit) if culprit.item in wanted)

    def _judge(self, asked: ComparedValue, unit: Unit, context: Context) -> Truth:
        truths: list[Truth] = []
        for word, given in self._values.items():
            wanted = _resolve(given, unit, context)
            truths.append(None if wanted is _UNKNOWN else holds(word, asked, wanted))
        return every(truths)

    def _unset(self, unit: Unit) -> Truth:
        if not unit.has_fragment:
            return None  # the fragment, which is not among the files, may set it
        if self._words.get("set") is False:
            return True
        return bool(self._words.get("or-unset", False))

    def _found(self, unit: Unit) -> list[ComparedValue]:
        if not self.key[0]:
            return [ComparedValue("", "", _fact(unit, self.key[1]), "unit")]
        if not unit.meant(*self.key):
            return []
        kind = _kind(unit)
        return [ComparedValue(*self.key, culprit.item, kind) for culprit in self._subjects(unit)]

    def _subjects(self, unit: Unit) -> list[Culprit]:
        if is_list(self.key, _kind(unit)):
            return list(self._items(unit))
        return [Culprit(one, one.value, None) for one in unit.meant(*self.key)]

    def _items(self, unit: Unit) -> Iterator[Culprit]:
        for one in unit.meant(*self.key):
            yield from (Culprit(one, word.text, (word.start, word.end)) for word in split_words(one.value))


class Join:
    """``all``, ``any`` or ``not`` of other conditions."""

    def __init__(self, how: str, parts: Sequence[Condition]) -> None:
        self.how = how
        self.parts = parts

    def truth(self, unit: Unit, context: Context) -> Truth:
        """Whether it holds; None where that cannot be known."""
        if self.how == "not":
            inner = self.parts[0].truth(unit, context)
            return None if inner is None else not inner
        return (every if self.how == "all" else some)(part.truth(unit, context) for part in self.parts)


Condition = Leaf | Join


def build(node: Any, *, blames: bool) -> Condition:
    """The condition of a rule file, as plain data, compiled; ``blames`` is True for ``match``."""
    ((key, inner),) = node.items()
    if key in ("all", "any"):
        return Join(key, [build(one, blames=blames) for one in inner])
    if key == "not":
        return Join(key, [build(inner, blames=not blames)])
    return Leaf(key, inner, blames=blames)


def blamed(condition: Condition, unit: Unit, context: Context, *, held: bool) -> Iterator[Leaf]:
    """The leaves that made the condition true (``held``) or false.

    Where it takes all parts together, the first one that speaks of a directive stands for them, one without ``not``
    if there is one; where each part suffices, each that does.
    """
    if isinstance(condition, Leaf):
        yield condition
    elif condition.how == "not":
        yield from blamed(condition.parts[0], unit, context, held=not held)
    elif (condition.how == "all") is held:
        ordered = sorted(condition.parts, key=_how_little_it_says)
        yield from blamed(ordered[0], unit, context, held=held)
    else:
        for part in condition.parts:
            if part.truth(unit, context) is held:
                yield from blamed(part, unit, context, held=held)


def _how_little_it_says(part: Condition) -> int:
    if not any(leaf.key[0] for leaf in leaves(part)):
        return 2
    return int(isinstance(part, Join) and part.how == "not")


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf, in the order of the rule file."""
    if isinstance(condition, Leaf):
        yield condition
    else:
        for part in condition.parts:
            yield from leaves(part)


def _resolve(given: Any, unit: Unit, context: Context) -> Any:
    """What is asked for: written out, an option's value, or the value of another directive."""
    if not isinstance(given, dict):
        return given
    if "option" in given:
        return context.options[given["option"]]
    section, _, directive = given["value-of"].partition(".")
    other = next(reversed(unit.meant(section, directive)), None)
    return _UNKNOWN if other is None else other.value


def _texts(wanted: Any) -> set[str]:
    return set() if wanted is _UNKNOWN else {as_text(one) for one in as_list(wanted)}


def _kind(unit: Unit) -> str:
    return unit.name if unit.type == "conf" else "unit"


def _fact(unit: Unit, name: str) -> str:
    return {"unit-name": unit.name, "unit-type": unit.type, "unit-scope": unit.scope}[name]
