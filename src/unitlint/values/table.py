"""Which function judges a value, by the name of systemd's own parser; each answer is kept."""

from __future__ import annotations

from unitlint.base import late_imports
from unitlint.values.parsers import COMPOUND, CONF, QUADLET, SCALAR
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.specifiers import deprecated_specifiers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.problem import Grammar

PARSERS = {**SCALAR, **COMPOUND, **CONF, **QUADLET}
"""systemd's parser to ``module:function``; a parser that is not here takes every value."""

_functions: dict[str, Grammar] = {}

_answers: dict[tuple[str, str, int, str, str, bool], tuple[ValueProblem, ...]] = {}

_MOST_ANSWERS = 50_000


def check_value(parser: str, text: str, context: ValueContext) -> tuple[ValueProblem, ...]:
    """What systemd's ``parser`` objects to in ``text``; nothing for a parser that takes everything."""
    if "%" in text or (context.unit_name and context.unit_name in text):  # the answer depends on the unit's name
        return _ask(parser, text, context)
    key = (parser, text, context.release, context.section, context.directive, context.user_manager)
    answer = _answers.get(key)
    if answer is None:
        if len(_answers) > _MOST_ANSWERS:
            _answers.clear()
        answer = _answers[key] = _ask(parser, text, context)
    return answer


def grammar_of(parser: str) -> Grammar | None:
    """The function that judges values for ``parser``; None where it takes everything."""
    found = _functions.get(parser)
    if found is None:
        named = PARSERS.get(parser)
        if named is None:
            return None
        found = _functions[parser] = late_imports.function(named)
    return found


def ask(grammar: Grammar, text: str, context: ValueContext) -> tuple[ValueProblem, ...]:
    """What the grammar says, and what systemd says of specifiers wherever it expands them."""
    problems = tuple(grammar(text, context))
    if problems or "%" not in text:
        return problems
    return (*problems, *deprecated_specifiers(text, context))


def _ask(parser: str, text: str, context: ValueContext) -> tuple[ValueProblem, ...]:
    grammar = grammar_of(parser)
    return () if grammar is None else ask(grammar, text, context)
