"""What a condition looks at: the values of a directive one after the other, its commands, or a fact."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.records import NamedTuple
from unitlint.catalogue import known, lookup
from unitlint.rules.words import ComparedValue, Truth, is_word_list, some
from unitlint.syntax.document import Assignment
from unitlint.units.unit import DirectiveName, Unit
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.exec_line import Command


class Culprit(NamedTuple):
    """An assignment that a condition is about, and the part of its value, if it is about one part.

    ``item`` is that part, as it is called in messages: a word of a list, the program of a command.
    """

    at: Assignment
    item: str
    span: tuple[int, int] | None


def is_ignored(unit: Unit, key: DirectiveName, release: int) -> bool:
    """True where systemd ignores every assignment of a directive for its value, so that nobody knows what was meant.

    A directive that the release does not have is not set.
    """
    if key not in unit.ignored:
        return False
    entry = lookup(unit.catalogue_kind, *key)
    return entry is not None and known(entry, release) and release < entry.get("removed_in", release + 1)


def lines_of(unit: Unit, key: DirectiveName, release: int, *, only_accepted: bool = False) -> tuple[Assignment, ...]:
    """The assignments of a directive, or the last of those that systemd ignores where it ignores all of them."""
    lines = unit.all(*key)
    if lines or only_accepted or not is_ignored(unit, key, release):
        return lines
    return unit.ignored[key][-1:]


def subjects(unit: Unit, key: DirectiveName, lines: tuple[Assignment, ...]) -> list[Culprit]:
    """The values to look at, one after the other: the words of a list, or else each value as a whole."""
    if is_word_list(key, unit.catalogue_kind):
        return list(items(lines))
    return [Culprit(line, line.value, None) for line in lines]


def items(lines: tuple[Assignment, ...]) -> Iterator[Culprit]:
    """The blank-separated words of all values."""
    for line in lines:
        for word in split_words(line.value):
            yield Culprit(line, word.text, (word.start, word.end))


def compared(unit: Unit, key: DirectiveName, text: str) -> ComparedValue:
    """A value with what it takes to compare it."""
    return ComparedValue(*key, text, unit.catalogue_kind)


def judge_commands(
    lines: tuple[Assignment, ...], words: dict[str, tuple[str, ...]], release: int
) -> Iterator[tuple[Culprit, Truth]]:
    """Each command of the lines, with whether all the words about commands hold for it.

    The place is that of the argument which was asked for, or else of the program; ``prefix`` shows the whole of what
    stands before the arguments.
    """
    from unitlint.units.commands import commands_of

    for line in lines:
        for command in commands_of(line.value, release):
            yield _judge_command(line, command, words)


def _judge_command(line: Assignment, command: Command, words: dict[str, tuple[str, ...]]) -> tuple[Culprit, Truth]:
    name = command.path.rpartition("/")[2]
    span = (command.path_start, command.path_end)
    truths: list[Truth] = []
    if "program" in words:
        truths.append(_one_matches(words["program"], name))
    if "prefix" in words:
        span = (command.start, command.path_end)
        truths.append(any(_has_prefix(command.prefixes, one) for one in words["prefix"]))
    if "argument" in words:
        found = [(word, _one_matches(words["argument"], word.text)) for word in command.words]
        truths.append(some(truth for _, truth in found))
        if "program" not in words:
            span = next(((word.start, word.end) for word, truth in found if truth), span)
    return Culprit(line, name, span), (False if False in truths else None if None in truths else True)


def _one_matches(globs: tuple[str, ...], text: str) -> Truth:
    from unitlint.rules.patterns import any_glob

    if any_glob(globs)(text):
        return True
    return None if "%" in text.replace("%%", "") or "$" in text else False


def _has_prefix(prefixes: str, wanted: str) -> bool:
    """``!`` and ``!!`` are two prefixes."""
    if wanted == "!":
        return prefixes.count("!") == 1
    return wanted in prefixes
