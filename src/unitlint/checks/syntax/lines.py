"""Lines that go on, or that only seem to."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.catalogue import lookup
from unitlint.rules.model import Context, Hit, Place, line_place
from unitlint.syntax.document import Assignment, Document
from unitlint.syntax.lines import WHITESPACE, goes_on, open_quote
from unitlint.units.merge import is_list
from unitlint.units.unit import Unit
from unitlint.values.typed import comparable


def backslash_then_space(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A value that ends in a backslash with blanks behind it: the next line is not part of it."""
    for assignments in unit.assignments.values():
        for assignment in assignments:
            value = assignment.value
            if not goes_on(value):
                continue
            document, end = assignment.document, assignment.end_line
            line = document.line_text(end)
            if line != line.rstrip(WHITESPACE):
                related = ((line_place(document, end), "the space is here"),) if end != assignment.line else ()
                yield Hit(assignment, related=related, span=(len(value) - 1, len(value)))


def continuation_to_end_of_file(unit: Unit, _context: Context) -> Iterator[Hit]:
    """The file's last line asks for one more."""
    for document in unit.documents:
        if not document.continuations:
            continue
        first, last = document.continuations[-1]
        if last == len(document.lines) and (goes_on(document.line_text(last)) or _is_comment(document.line_text(last))):
            yield Hit(line_place(document, first))


def comment_in_continuation(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding for each continued value with a comment inside, where the value starts.

    Silent for templates, whose blocks are comments to us.
    """
    for document in unit.documents:
        if document.template is not None:
            continue
        for first, last in document.continuations:
            for number in range(first + 1, last):
                if _is_comment(document.line_text(number)):
                    related = ((line_place(document, number), "the comment is here"),)
                    yield Hit(line_place(document, first), related=related)
                    break


_NAME = late_pattern(r"([A-Z][A-Za-z0-9]+)[ \t]*=")
_HEADER = late_pattern(r"\[(?:Unit|Install|Service|Socket|Timer|Container)\]")


def swallowed(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A header, or a directive of the same section, at the beginning of a line that continues a command."""
    for document in unit.documents:
        if not document.continuations:
            continue
        commands = {
            line.line: line
            for (_, name), lines in unit.assignments.items()
            if name.startswith("Exec")
            for line in lines
            if line.document is document
        }
        for first, last in document.continuations:
            command = commands.get(first)
            if command is not None:
                yield from _swallowed_by(command, document, range(first + 1, last + 1))


_TAKES_SETTINGS = late_pattern(r"[-@:+!|]*(?:\S*/)?(?:systemd-run|systemctl|busctl|systemd-nspawn)\s")
"""Programs whose arguments may be directives with their values."""


def _swallowed_by(command: Assignment, document: Document, numbers: range) -> Iterator[Hit]:
    if ("=" not in command.value and "[" not in command.value) or _TAKES_SETTINGS.match(command.value):
        return
    for number in numbers:
        text = document.line_text(number).strip(WHITESPACE)
        name = _NAME.match(text)
        is_directive = name is not None and lookup("unit", command.section, name[1]) is not None
        if is_directive or _HEADER.fullmatch(text):
            if _is_quoted(document, range(numbers.start - 1, number)):
                return
            fields = {"text": f"{name[1]}=" if name else text, "directive": command.directive}
            related: tuple[tuple[Place, str], ...] = ((command, "the command begins here"),)
            yield Hit(line_place(document, number), fields, related)
            return


def _is_quoted(document: Document, numbers: range) -> bool:
    """Whether one of these lines ends within a text in quotes."""
    single = double = 0
    for number in numbers:
        text = document.line_text(number)
        single, double = single + text.count("'"), double + text.count('"')
        if single % 2 or double % 2:
            return True
    return False


def _is_comment(line: str) -> bool:
    return line.lstrip(WHITESPACE)[:1] in ("#", ";") and bool(line.strip(WHITESPACE))


FREE_TEXT = frozenset(("Description", "Documentation", "PassEnvironment", "SyslogIdentifier", "Alias"))
_ALONE = late_pattern(r"[ \t]#(?=[ \t#])")
_AT_BEGINNING = late_pattern(r"#[ \t#]+\S")
"""Nothing but a comment behind the ``=``; ``#fff`` may be a value."""
_BEFORE_A_WORD = late_pattern(r"[ \t]#(?=[ \t#A-Za-z])")


def trailing_comment_in_value(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A ``#`` outside quotes with a blank before it.

    In a command or a variable it must stand alone, as ``#fff`` may be meant.
    """
    for (_, directive), assignments in unit.assignments.items():
        if directive in FREE_TEXT:
            continue
        for assignment in assignments:
            if not assignment.is_known or "#" not in assignment.value:
                continue  # nobody knows what stands before the sign where a placeholder is
            if _AT_BEGINNING.match(assignment.value) is not None:
                yield Hit(assignment, {"comment": assignment.value}, span=(0, len(assignment.value)))
                continue
            pattern = _ALONE if directive.startswith(("Exec", "Environment")) else _BEFORE_A_WORD
            found = pattern.search(assignment.value)
            if found is not None and not open_quote(assignment.value[: found.start()]):
                yield Hit(
                    assignment,
                    {"comment": assignment.value[found.start() + 1 :]},
                    span=(found.start() + 1, len(assignment.value)),
                )


def assigned_twice(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding for each line that another one of the same file overrides with another value."""
    for line, later in _overridden(unit):
        if not _are_equal(unit, line, later):
            yield Hit(line, {"line": later.line}, ((later, "this one takes effect"),))


def repeated(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding for each line that a later one of the same file repeats."""
    for line, later in _overridden(unit):
        if _are_equal(unit, line, later):
            yield Hit(later, {"line": line.line}, ((line, "the first one"),))


def _are_equal(unit: Unit, one: Assignment, other: Assignment) -> bool:
    if one.value == other.value:
        return True
    if ":" in one.value + other.value:
        return False  # of a soft and a hard limit only the first compares
    values = [comparable(line.section, line.directive, line.value, unit.catalogue_kind) for line in (one, other)]
    return values[0] is not None and values[0] == values[1]


def _overridden(unit: Unit) -> list[tuple[Assignment, Assignment]]:
    """Each line that systemd reads, with the next one in the same file that overrides it."""
    found: list[tuple[Assignment, Assignment]] = []
    if unit.effective is unit.assignments:
        return found  # nothing is assigned twice
    kind = unit.catalogue_kind
    for key, lines in unit.assignments.items():
        if len(lines) < 2 or key == ("Unit", "Description") or is_list(kind, *key):
            continue
        ignored = {id(assignment) for assignment in unit.ignored.get(key, ())}
        last: Assignment | None = None  # None where the directive was emptied: whoever does so knows what they do
        for assignment in lines:
            if not assignment.value:
                last = None
            elif id(assignment) not in ignored:
                if last is not None and last.document is assignment.document:
                    found.append((last, assignment))
                last = assignment
    return found
