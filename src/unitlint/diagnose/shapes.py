"""Lines of one shape differ by their digits alone, place by place, so how one was read is how all of them are read.

The shape of a line is the line with a 0 in place of each digit.  No template asks which digits stand somewhere, but
for a few texts (``type=1400``) and for fields whose values decide on the event (``status=203``); where a shape has
those, its lines are told apart by the digits there.
"""

from __future__ import annotations

import re

from unitlint.diagnose.forms import Form, form_of, shape_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unitlint.diagnose.forms import Stretch
    from unitlint.diagnose.model import Entry, Event
    from unitlint.diagnose.patterns import Pattern
    from unitlint.diagnose.recognise import Recogniser

MOST_SHAPES = 10_000
MOST_OF_SHAPE = 500
"""Choices of digits of one shape that are told apart."""
_DIGITS = re.compile(r"[0-9]+")
_BEFORE_DIGITS = 6
"""Characters before the digits of a template by which their place in a line is found."""


class Passed:
    """What a line is that cannot be an event."""


PASSED = Passed()


class Choice:
    """The forms of one shape, by the digits that tell its lines apart."""

    __slots__ = ("_forms", "_places")

    def __init__(self) -> None:
        self._places: tuple[Stretch, ...] = ()
        self._forms: dict[str, Form | Passed] = {}

    def of(self, line: str) -> Form | Passed | None:
        """The form of a line; None where it is not known yet."""
        if len(self._places) == 1:
            begin, end = self._places[0]
            return self._forms.get(line[begin:end])
        return self._forms.get(self._key(line))

    def add(self, line: str, form: Form | Passed, places: set[Stretch]) -> None:
        """Remembers the form of a line, which digits at these places tell apart from others."""
        if not places.issubset(self._places) or len(self._forms) >= MOST_OF_SHAPE:
            self._places = tuple(sorted(places.union(self._places)))
            self._forms.clear()
        self._forms[self._key(line)] = form

    def _key(self, line: str) -> str:
        return " ".join([line[begin:end] for begin, end in self._places])


class Shapes:
    """What is known of the lines read so far, by their shapes."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.known: dict[str, Form | Choice | Passed] = {}
        self.again = False
        """Whether another line of the shape that was asked about last had been seen."""
        self._recogniser = recogniser
        self._seen: set[str] = set()
        self._marks = frozenset(_marks(recogniser.patterns()))

    def knows(self, message_id: str) -> bool:
        """Whether a MESSAGE_ID is that of an event."""
        return self._recogniser.knows(message_id)

    def comes_again(self, shape: str) -> bool:
        """Whether a line of this shape was seen before: most of programs never come again, and to learn one takes a
        while."""
        self.again = shape in self._seen
        if not self.again:
            if len(self._seen) >= MOST_SHAPES:
                self._seen.clear()
            self._seen.add(shape)
        return self.again

    def pass_over(self, line: str) -> None:
        """Remembers that a line cannot be an event."""
        self._keep(line, PASSED, set())

    def keep_row(self, entry: Entry, pages_at: Stretch) -> None:
        """Remembers where in a line the resident pages stand, that is a row of a table."""
        found = form_of(entry.text, entry, None, self._recogniser)
        if found is not None:
            found[0].pages_at = pages_at
            self._keep(entry.text, found[0], set())

    def told(self, entry: Entry, *, keep: bool) -> Event | None:
        """What an entry of one line tells, to be remembered for the lines that are to come if ``keep``."""
        event = self._recogniser.event(entry)
        if keep and (event is None or "rss_pages" not in event.fields):
            found = form_of(entry.text, entry, event, self._recogniser)
            if found is not None:
                self._keep(entry.text, *found)
        return event

    def _keep(self, line: str, form: Form | Passed, deciding: set[Stretch]) -> None:
        shape = shape_of(line)
        places = {*deciding, *self._asked_of(shape)}
        known = self.known.get(shape)
        if known is None and len(self.known) >= MOST_SHAPES:
            self.known.clear()
        if not places:
            self.known[shape] = form
            return
        if not isinstance(known, Choice):
            known = self.known[shape] = Choice()
        known.add(line, form, places)

    def _asked_of(self, shape: str) -> Iterator[Stretch]:
        """Where digits stand in a line of this shape that a template may ask for."""
        for mark, digits in self._marks:
            at = shape.find(mark)
            while at >= 0:
                yield at + len(mark) - digits, at + len(mark)
                at = shape.find(mark, at + 1)


def _marks(patterns: Iterable[Pattern]) -> Iterable[tuple[str, int]]:
    """The digits that templates hold, as zeros, with a little of what stands before them; and how many they are."""
    for pattern in patterns:
        for text in (
            *pattern.literals,
            *(word for _, name, words in pattern.parts if name for word in words.split("|")),
        ):
            for found in _DIGITS.finditer(text):
                before = text[max(found.start() - _BEFORE_DIGITS, 0) : found.start()]
                yield shape_of(before) + "0" * len(found[0]), len(found[0])
