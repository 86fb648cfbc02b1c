"""The files of a project as they are and as they are to be: nothing is written before all is known."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from unitlint.base.records import NamedTuple
from unitlint.base.safe_read import CannotReadError, read_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

if TYPE_CHECKING:
    T = TypeVar("T")

BOM = "\ufeff"


class CannotEditError(Exception):
    """Why a file stays as it is, as a clause for a person, and the lines to add by hand."""

    def __init__(self, reason: str, by_hand: str = "") -> None:
        super().__init__(reason)
        self.by_hand = by_hand

    def of(self, path: str) -> CannotEditError:
        """The same with the file's name before it."""
        return CannotEditError(f"{path}: {self}", self.by_hand)


class AlreadyThereError(Exception):
    """There is nothing to add."""


class Draft(NamedTuple):
    """A file to be changed, or a new one where ``before`` is None."""

    path: str
    before: str | None
    after: str


class Drafts:
    """Reads files of one folder and holds the changes to them; a second change sees the first."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._before: dict[str, str | None] = {}
        self._after: dict[str, str] = {}

    def path(self, name: str) -> str:
        """The path of a file, as it is shown."""
        return name if self.folder == "." else os.path.join(self.folder, name)

    def exists(self, name: str) -> bool:
        """Whether there is such a file or folder, or will be."""
        return name in self._after or os.path.lexists(self.path(name))

    def text(self, name: str) -> str | None:
        """The text of a file with line ends ``\\n``; None where there is none.

        Raises CannotEditError where it cannot be read, or is no text with one kind of line ends.
        """
        if name not in self._after and not os.path.lexists(self.path(name)):
            return None
        if name not in self._before:
            try:
                self._before[name] = _read(self.path(name))
            except CannotEditError as error:
                raise error.of(self.path(name)) from None
        return _plain(self._after.get(name, self._before[name] or ""))

    def parsed(self, name: str, parse: Callable[[str], T]) -> T:
        """What ``parse`` makes of a file's text, or of no text; its CannotEditError gets the path."""
        text = self.text(name) or ""
        try:
            return parse(text)
        except CannotEditError as error:
            raise error.of(self.path(name)) from None

    def edit(self, name: str, change: Callable[[str], str]) -> None:
        """Puts what ``change`` makes of the text in its place; line ends and byte order mark are as before.

        Raises CannotEditError where a line of the file would be lost.
        """
        after = self.parsed(name, lambda text: _checked(text, change(text)))
        before = self._after.get(name, self._before[name] or "")
        ends = after.replace("\n", "\r\n") if "\r\n" in before else after
        self._after[name] = BOM + ends if before.startswith(BOM) else ends

    def create(self, name: str, text: str) -> None:
        """A new file."""
        self._before[name] = None
        self._after[name] = text

    def __iter__(self) -> Iterator[Draft]:
        for name, after in self._after.items():
            yield Draft(self.path(name), self._before[name], after)


def _checked(before: str, after: str) -> str:
    if not only_added(before, after):
        raise CannotEditError("more than new lines would change")
    return after


def _read(path: str) -> str:
    try:
        text = read_bytes(path).decode()
    except CannotReadError as obstacle:
        raise CannotEditError(str(obstacle)) from None
    except UnicodeDecodeError:
        raise CannotEditError("it is not UTF-8") from None
    rest = text.replace("\r\n", "")
    if "\r" in rest or ("\r\n" in text and "\n" in rest):
        raise CannotEditError("its line ends are of several kinds")
    return text


def _plain(text: str) -> str:
    return text.removeprefix(BOM).replace("\r\n", "\n")


def only_added(before: str, after: str) -> bool:
    """Whether every line of ``before`` stands in ``after``, in its order: no comment is lost.

    Empty lines at the end do not count.
    """
    lines = iter(after.split("\n"))
    return all(line in lines for line in before.rstrip("\n").split("\n"))


def with_block(text: str, block: str) -> str:
    """The text with a block of lines at its end, an empty line in between."""
    head = text.rstrip("\n")
    return f"{head}\n\n{block}" if head else block
