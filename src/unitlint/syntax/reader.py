"""Bytes to a Document, by exactly the rules of systemd's own reader (conf-parser.c: config_parse)."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from unitlint.base.late_patterns import late_pattern
from unitlint.syntax.document import Assignment, Document, Header, Problem, header_refused_since
from unitlint.syntax.lines import WHITESPACE, goes_on
from unitlint.syntax.wide_text import encoding_of_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

LONG_LINE_MAX = 1024 * 1024
"""systemd gives up on a line longer than this many bytes (fileio.h)."""


def decode(data: bytes) -> str:
    """Text that encodes back to ``data`` byte for byte; invalid bytes become surrogates."""
    return data.decode("utf-8", "surrogateescape")


NEEDS_EQUALS_UNTIL = 242
"""Until then a line without ``=`` ends the reading, and refuses the unit."""
_INCLUDES_UNTIL = 245
_COMMENTS_BELONG_UNTIL = 239
"""Until then a comment can go on below, and inside a continued value it is a part of that."""
_OLD_ENDS_UNTIL = 239
"""Until then a carriage return ends no line, so that a backslash before one does not make it go on."""
_INDENTED_BELONG = 240
"""The release that takes no indented line for a comment."""
_BLANKS_VANISH = (240, 241, 242)
"""The releases in which an empty line does not end a continued one."""
_AS_NEW = 243
"""All releases from this one on read alike."""


def read(
    data: bytes | str,
    path: str,
    sections: Collection[str] | None = None,
    *,
    reads_on: bool = False,
    release: int = _AS_NEW,
) -> Document:
    """Reads a unit file, drop-in or conf as that release of systemd does.

    ``sections`` are those that systemd reads in this kind of file; None knows them all.  With ``reads_on`` the lines
    behind one that systemd refuses are read as well; the document is ``refused`` all the same.
    Problems are in the Document; nothing is raised for any input.
    """
    text = decode(data) if isinstance(data, bytes) else data
    return _Reader(path, text, sections, reads_on=reads_on, release=release).run()


class _Reader:
    """The state that parse_line() keeps between lines."""

    def __init__(self, path: str, text: str, sections: Collection[str] | None, *, reads_on: bool, release: int) -> None:
        self.reads_on = reads_on
        self.release = release
        self.sections = sections
        self.section: str | None = None
        self.ignoring = False
        self.document = Document(path, text, _old_lines(text) if release <= _OLD_ENDS_UNTIL else None)

    def run(self) -> Document:
        text = self.document.text
        if _is_plain(text) and self.release != _INDENTED_BELONG:
            self._read_plain(text)
            return self.document
        logical, too_long = _logical_lines(self.document, self.release)
        for first, last, text in logical:
            if not self._parse_line(first, last, text.strip(WHITESPACE)):
                self.document.refused = True
                if not self.reads_on or encoding_of_text(self.document.text):
                    return self.document
        if too_long is not None:
            self._problem("line-too-long", *too_long, self.document.line_text(too_long[0])[:80])
            self.document.refused = True
        return self.document

    def _read_plain(self, text: str) -> None:
        """The same for a text in which no line goes on or ends in an unusual way, as in most files."""
        document, add = self.document, self.document.assignments.append
        section = self.section
        for number, whole in enumerate(text.split("\n"), 1):
            line = whole.strip(WHITESPACE)
            if not line or line[0] in "#;":
                continue
            name, equals, value = line.partition("=")
            if name and equals and section is not None and line[0] != "[":
                add(Assignment(document, section, name.rstrip(WHITESPACE), value.lstrip(WHITESPACE), number, number))
                continue
            if not self._parse_line(number, number, line):
                document.refused = True
                if not self.reads_on:
                    return
            section = self.section

    def _parse_line(self, first: int, last: int, text: str) -> bool:
        """False where systemd stops reading (conf-parser.c: parse_line)."""
        if not text or (self.release <= _COMMENTS_BELONG_UNTIL and text[0] in "#;"):
            return True
        if not _is_utf8(text):
            return self._problem("not-utf8", first, last, text)
        if text[0] == "[":
            return self._parse_header(first, last, text)
        if self.section is None:
            if not self.ignoring:
                self._problem("assignment-outside-section", first, last, text)
            return True
        name, equals, value = text.partition("=")
        if not equals:
            self._problem("missing-equals", first, last, text)
            return self.release > NEEDS_EQUALS_UNTIL or text.startswith(".include")
        if not name:
            self._problem("missing-directive-name", first, last, text)
        else:
            self.document.assignments.append(
                Assignment(self.document, self.section, name.strip(WHITESPACE), value.strip(WHITESPACE), first, last)
            )
        return True

    def _parse_header(self, first: int, last: int, text: str) -> bool:
        name = text[1:-1]
        if self.sections is not None and name in self.sections and text[-1] == "]":  # as of most
            self.document.headers.append(Header(name, first, known=True))
            self.section = name
            self.ignoring = False
            return True
        if not text.endswith("]") or len(text) < 2:  # "[" and "]"
            self._read_on_in(text)
            return self._problem("invalid-section-header", first, last, text)
        if header_refused_since(name) is not None:
            self._read_on_in(text)
            self._problem("bad-section-characters", first, last, name)
            self.document.headers.append(Header(name, first, known=False))
            return True
        known = self.sections is None or name in self.sections
        if not known and not name.startswith("X-"):
            self._problem("unknown-section", first, last, name)
        self.document.headers.append(Header(name, first, known))
        self.section = name if known else None
        self.ignoring = not known
        return True

    def _read_on_in(self, header: str) -> None:
        """Behind a header that systemd refuses: the section that was meant, or none."""
        name = header.strip("[] \t\"'")
        is_known = self.sections is not None and name in self.sections
        self.section = name if is_known and self.reads_on else None
        self.ignoring = True

    def _problem(self, kind: str, first: int, last: int, text: str) -> bool:
        self.document.problems.append(Problem(kind, first, last, text))
        return False


def _is_plain(text: str) -> bool:
    """True where no line goes on, ends in an unusual way or may be refused for a character in it or its length."""
    if "\\" in text or "\r" in text or "\0" in text:
        return False
    if text.isascii():
        return len(text) < LONG_LINE_MAX
    return len(text) * 4 < LONG_LINE_MAX and "\ufeff" not in text and _is_utf8(text)


_Logical = tuple[int, int, str]


def _logical_lines(document: Document, release: int) -> tuple[list[_Logical], tuple[int, int] | None]:
    """(first line, last line, text) with continuations joined and comments gone, and the place of a line that is too
    long, at which systemd stops (conf-parser.c: config_parse)."""
    logical: list[_Logical] = []
    held: list[str] = []
    held_length = start = number = 0
    ends = "\n\0" if release <= _OLD_ENDS_UNTIL else "\n\r\0"
    for number, physical in enumerate(document.lines, 1):
        line = physical.rstrip(ends) if physical[-1:] in ends else physical
        length = len(line) if len(line) * 4 + held_length < LONG_LINE_MAX else _length(line)
        if length >= LONG_LINE_MAX:
            return logical, (start if held else number, number)
        if release < _AS_NEW:
            if _vanishes(line, release):
                continue
        else:
            stripped = physical.lstrip(WHITESPACE)
            if stripped and stripped[0] in "#;":
                continue
        if held_length + length > LONG_LINE_MAX:
            return logical, (start, number)
        if not document.bom_line and line.startswith("\ufeff"):
            document.bom_line = number
            line = line[1:]
        if line.endswith("\\") and goes_on(line):
            start = start if held else number
            held.append(line[:-1] + " ")
            held_length += length
        elif held:
            held.append(line)
            logical.append((start, number, "".join(held)))
            document.continuations.append((start, number))
            held, held_length = [], 0
        elif line:
            logical.append((number, number, line))
    if held:
        logical.append((start, number, "".join(held)))
        document.continuations.append((start, number))
    return logical, None


def _old_lines(text: str) -> list[str] | None:
    """The lines of a text with carriage returns, of which none ends a line; None for every other text."""
    return _OLD_LINE.findall(text) if "\r" in text else None


_OLD_LINE = late_pattern(r"[^\n\0]*[\n\0]|[^\n\0]+")


def _vanishes(line: str, release: int) -> bool:
    """Whether a release before 243 passes over a physical line, even where it stands inside a continued one."""
    if release == _INDENTED_BELONG:
        return line[:1] in ("", "#", ";")
    stripped = line.lstrip(WHITESPACE)
    if not stripped:
        return release in _BLANKS_VANISH
    return release > _COMMENTS_BELONG_UNTIL and stripped[0] in "#;"


def _length(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))


def _is_utf8(text: str) -> bool:
    """True where systemd's utf8_is_valid() agrees: no invalid bytes and no noncharacters."""
    if text.isascii():
        return True
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    # Of noncharacters nothing else is in most texts, and a pattern takes ten times longer.
    return not any(map(data.__contains__, _NONCHARACTERS_HOLD)) or _noncharacters().search(text) is None


_NONCHARACTERS_HOLD = (b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")
"""One of these is in the UTF-8 of each of them: U+FDD0 to U+FDEF, and the last two of each plane."""


@cache
def _noncharacters() -> re.Pattern[str]:
    """The noncharacters; made when there may be one, as it takes as long as reading some files."""
    import re

    ends = "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    return re.compile(f"[\ufdd0-\ufdef{ends}]")
