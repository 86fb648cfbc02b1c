"""A template to the text of a unit in which every character keeps its place.

Placeholders become runs of one character that stands for the unknown, lines that hold nothing but blocks become
comments (which vanish within a continuation too), and so do the branches that are not taken.
"""

from __future__ import annotations

from functools import lru_cache

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.syntax.document import OPAQUE
from unitlint.syntax.lines import split_lines
from unitlint.syntax.template_tokens import Token, tokens

_BLOCK, _COMMENT = "\ue001", "\ue002"
_ENDS = "\r\n\0"
_EMPTY = f" \t{_BLOCK}{_COMMENT}"
"""What a line holds that says nothing."""
_EMPTY_OR_END = _EMPTY + _ENDS
MOST_CHOICES = 4
MOST_NESTED = 50
"""Deeper branches are read as if they were always taken."""
_BEGINNING = late_pattern(r"[\[#;]|[A-Za-z][A-Za-z0-9-]*[ \t]*=")
"""What a line that is none of a value may begin with."""


Branches = tuple[tuple[int, int], ...]
"""(Number of the block, number of the branch)."""


class Template(NamedTuple):
    """``text`` is what one choice of branches makes of a template, in the template's own lines and columns."""

    text: str
    choices: int
    """So many choices it takes to read every branch once."""
    branches: dict[int, Branches]
    """The lines that are not there under every choice, each with the branches around it, the outermost first."""
    is_open: bool
    """Whether a placeholder may bring assignments of its own, so that nothing can be called missing."""


class _Line(NamedTuple):
    text: str
    path: Branches
    """The branches around the line."""
    is_plain: bool
    """Whether nothing of the line is a template's, and it is there under every choice."""
    is_joined: bool = False
    """Whether a ``-`` in a tag takes the line end before it away, so that it is part of the line above."""


def read_template(text: str, language: str, choice: int = 0) -> Template:
    """``text`` as the unit that it becomes where every block takes its branch number ``choice``, or its last.

    A block without an else has an empty last branch.  Raises nothing, whatever the text.
    """
    lines, branches = _lines_with_branches(text, language)
    used = {block for line in lines for block, _ in line.path} if branches else set()
    plain: list[str] = []
    is_open = continuing = False
    cut_off: int | None = None
    for line in lines:
        if line.is_plain and cut_off is None:
            plain.append(line.text)
            if continuing or "\\" in line.text:
                continuing = _goes_below(line.text, continuing=continuing)
            continue
        if line.is_joined:
            plain.append(_as_comment(line.text))
            continue
        shown = not line.path or all(number == min(choice, branches[block] - 1) for block, number in line.path)
        if shown and cut_off is not None and _goes_on(line.text):
            plain[cut_off] = _continued(plain[cut_off])
            continuing = True
        clean, opens = _cleaned(line.text, continuing=continuing) if shown else (_as_comment(line.text), False)
        is_open = is_open or opens
        continuing = _goes_below(clean, continuing=continuing)
        if shown and line.text.strip(_EMPTY_OR_END):
            cut_off = len(plain) if line.text.rstrip(_ENDS).endswith(_BLOCK) else None
        elif shown and not _has_mark(line.text):
            cut_off = None
        plain.append(clean)
    choices = max((branches[block] for block in used), default=1)
    inside = {number: line.path for number, line in enumerate(lines, 1) if line.path} if used else {}
    return Template("".join(plain), min(choices, MOST_CHOICES), inside, is_open)


@lru_cache(maxsize=16)
def _lines_with_branches(text: str, language: str) -> tuple[list[_Line], list[int]]:
    """What is the same for every choice: the marked lines, and how many branches each block has."""
    found = list(tokens(text, language))
    lines, branches = _lines(_marked(text, found), found)
    return _joined(lines, text) if language in _TRIMMING and "-" in text else lines, branches


_TRIMMING = ("jinja", "in", "go")
_TRIMS_BEFORE = late_pattern(r"[ \t]*\{[%{]-")
_TRIMS_BEHIND = late_pattern(r"-[%}]\}[ \t]*[\r\n]*\Z")


def _joined(lines: list[_Line], text: str) -> list[_Line]:
    """The lines of which ``{%-`` and ``-%}`` make one with a line above that holds more than tags."""
    raw = split_lines(text)
    joined: list[_Line] = []
    holds_text = False
    for number, line in enumerate(lines):
        behind = number > 0 and _TRIMS_BEHIND.search(raw[number - 1]) is not None
        is_joined = holds_text and (behind or _TRIMS_BEFORE.match(raw[number]) is not None)
        joined.append(line._replace(is_joined=True, is_plain=False) if is_joined else line)
        bare = line.text.strip(_EMPTY_OR_END)
        holds_text = is_joined or (bool(bare) and bare[0] not in "#;[")
    return joined


def _marked(text: str, found: list[Token]) -> str:
    """The text with every character of a token replaced by the mark of its kind; line ends stay."""
    parts: list[str] = []
    at = 0
    for start, end, kind in found:
        mark = OPAQUE if kind == "value" else _COMMENT if kind == "comment" else _BLOCK
        inside = text[start:end]
        is_one_line = inside.isprintable()  # as most are; no line end is printable
        parts += [
            text[at:start],
            mark * len(inside) if is_one_line else "".join([one if one in _ENDS else mark for one in inside]),
        ]
        at = end
    return "".join([*parts, text[at:]])


def _lines(marked: str, found: list[Token]) -> tuple[list[_Line], list[int]]:
    """The lines with the branches around them, and how many branches each block has."""
    lines: list[_Line] = []
    branches: list[int] = []
    stack: list[tuple[int, int]] = []
    has_else: set[int] = set()
    waiting = iter([token for token in found if token.kind in ("if", "else if", "else", "group", "end")])
    token = next(waiting, None)
    start = 0
    for text in split_lines(marked):
        end = start + len(text)
        if token is None or token.start >= end:
            path = tuple([branch for branch in stack if branch[0] >= 0]) if stack else ()
            lines.append(_Line(text, path, not path and not _has_mark(text)))
            start = end
            continue
        body = text.rstrip(_ENDS)
        bare = body.lstrip(_EMPTY)
        content = start + len(body) - len(bare)
        around: Branches | None = None
        while token is not None and token.start < end:
            if around is None and token.start >= content and bare:
                around = tuple(stack)
            _step(token.kind, stack, branches, has_else)
            token = next(waiting, None)
        around = tuple(stack) if around is None else around
        lines.append(_Line(text, tuple([branch for branch in around if branch[0] >= 0]), is_plain=False))
        start = end
    return lines, [count + (number not in has_else) for number, count in enumerate(branches)]


def _step(kind: str, stack: list[tuple[int, int]], branches: list[int], has_else: set[int]) -> None:
    if kind == "if" and len(stack) < MOST_NESTED:
        stack.append((len(branches), 0))
        branches.append(1)
    elif kind in ("if", "group"):
        stack.append((-1, 0))
    elif not stack:
        return
    elif kind == "end":
        stack.pop()
    elif stack[-1][0] >= 0:
        block, number = stack[-1]
        stack[-1] = block, number + 1
        branches[block] = number + 2
        if kind == "else":
            has_else.add(block)


def _cleaned(line: str, *, continuing: bool) -> tuple[str, bool]:
    """The line with its marks gone or opaque, and whether it may stand for assignments."""
    if not _has_mark(line):
        return line, False
    body = line.rstrip(_ENDS)
    bare = body.strip(_EMPTY)
    if not bare:
        return _as_comment(line), False
    # A block that begins behind the start of a value may add to it; one around the whole line does not.
    is_around = body.lstrip(" \t")[:1] in (_BLOCK, _COMMENT)
    trailing = f" \t{_COMMENT}{_BLOCK if is_around else ''}"
    stop = len(body.rstrip(trailing))
    start = len(body) - len(body.lstrip(_EMPTY))
    middle = _with_unknown_words(body[start:stop]).replace(_BLOCK, OPAQUE).replace(_COMMENT, OPAQUE)
    if not continuing and middle[0] not in "#;[" and OPAQUE in middle.partition("=")[0]:
        return _as_comment(line), True
    return f"{_blank(body[:start])}{middle}{_blank(body[stop:])}{line[len(body) :]}", False


def _with_unknown_words(text: str) -> str:
    """The text with every word opaque through which blocks go: ``http{% if tls %}s{% endif %}://`` may be two words.

    What stands between the blocks of a line, such as both branches of an ``if``, is unknown as well.
    """
    first, last = text.find(_BLOCK), text.rfind(_BLOCK)
    if first < 0:
        return text
    while first > 0 and text[first - 1] not in _WORD_BEGINS:
        first -= 1
    while last < len(text) - 1 and text[last + 1] not in " \t":
        last += 1
    return f"{text[:first]}{OPAQUE * (last + 1 - first)}{text[last + 1 :]}"


_WORD_BEGINS = " \t="


def _goes_below(line: str, *, continuing: bool) -> bool:
    """Whether what stands in the line goes on in the next one; a comment changes nothing of that."""
    if not continuing and "\\" not in line:
        return False
    if line.lstrip().startswith(("#", ";")):
        return continuing
    body = line.rstrip(_ENDS)
    return (len(body) - len(body.rstrip("\\"))) % 2 == 1


def _goes_on(line: str) -> bool:
    """Whether a line can only be the rest of the one above, which ends in a block: Ansible drops the line end there."""
    bare = line.strip(_EMPTY_OR_END)
    return bool(bare) and bare[0] != OPAQUE and _BEGINNING.match(bare) is None


def _continued(line: str) -> str:
    body = line.rstrip(_ENDS)
    return f"{body[:-1]}\\{line[len(body) :]}"


def _has_mark(line: str) -> bool:
    return not line.isascii() and (OPAQUE in line or _BLOCK in line or _COMMENT in line)


def _blank(text: str) -> str:
    return text.replace(_BLOCK, " ").replace(_COMMENT, " ")


def _as_comment(line: str) -> str:
    """A comment of the same length; an empty line would end a continuation."""
    body = line.rstrip(_ENDS)
    return (f"#{' ' * (len(body) - 1)}" if body else "") + line[len(body) :]
