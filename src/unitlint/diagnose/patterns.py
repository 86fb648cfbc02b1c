"""Templates of messages: ``{unit}: Failed at step {step} spawning {path}: {error}`` to what finds them in a log.

A name in braces is a field; what it matches goes by the name (:data:`FORMS`), or is one of the words after ``=``:
``{which=Main|Control} process exited``.  Everything else stands for itself, and the whole message has to match.
"""

from __future__ import annotations

import re
from functools import cache

from unitlint.base.records import NamedTuple

_NUMBER = r"\d+"
_WORD = r"\S+?"
_TEXT = r".*?"

FORMS: dict[str, str] = {
    **dict.fromkeys(
        (
            "pid", "tgid", "uid", "gid", "line", "number", "count", "order", "score", "anon_rss", "file_rss",
            "shmem_rss", "total_vm", "pgtables", "restarts", "usage", "limit", "failcnt", "syscall", "sig", "rss_pages",
            "other_pid",
        ),
        _NUMBER,
    ),
    "oom_score_adj": r"-?\d+",
    "status": r"\d+",
    "code": r"[a-z]+",
    "result": r"[a-z-]+",
    "step": r"[A-Z_]+",
    "comm": r".+?",
    "unit": _WORD,
    "other": _WORD,
    "path": r".+?",
    "program": r".+?",
    "error": r"[A-Z].*?",
    "tclass": r"\w+",
}  # fmt: skip
"""What a field of this name looks like; any other name is any text."""

SAMPLES: dict[str, str] = {
    **dict.fromkeys((name for name, form in FORMS.items() if form == _NUMBER), "31"),
    "oom_score_adj": "-900",
    "status": "9", "code": "killed", "result": "exit-code", "step": "EXEC", "comm": "java",
    "unit": "web.service", "other": "db.service", "path": "/srv/web/run", "program": "/usr/bin/web",
    "error": "No such file or directory", "tclass": "file",
}  # fmt: skip
"""Texts that fit the fields, for tests that write messages out of templates."""

_FIELD = re.compile(r"\{(\w+)(?:=([^{}]+))?\}")
_FREE = (_TEXT, r".+?", r"[A-Z].*?")
MOST_FREE = 2
UNIT_PREFIX = "{unit}: "
FILE_PREFIX = "{path}:{line}: "
SHORTEST_CUT = 12
"""A message that was cut off is told by so many characters of its own."""


class Pattern(NamedTuple):
    """A template made ready: ``prefix`` is ``unit``, ``file`` or "", and ``regex`` is for what follows it."""

    template: str
    prefix: str
    keys: tuple[str, ...]
    """The first words that such a message may begin with; empty where a field comes first."""
    literal: str
    """The longest text that has to be there."""
    literals: tuple[str, ...]
    """Every text of it that stands for itself."""
    weight: int
    """How many characters stand for themselves."""
    regex: re.Pattern[str]
    parts: tuple[tuple[str, str, str], ...]
    """(text, "", "") and ("", field, its words) in order."""
    in_order: bool
    """Whether it has so many fields of any text that a regular expression could try for ever."""

    def match(self, text: str) -> dict[str, str] | None:
        """The fields of a text that the template fits as a whole; the time it takes grows with the text only."""
        if self.in_order:
            spans = _spans_in_order(self.parts, text)
            return None if spans is None else {name: text[begin:end] for name, (begin, end) in spans.items()}
        found = self.regex.fullmatch(text)
        return found.groupdict() if found else None

    def spans(self, text: str) -> dict[str, tuple[int, int]] | None:
        """Where in such a text the fields stand."""
        if self.in_order:
            return _spans_in_order(self.parts, text)
        found = self.regex.fullmatch(text)
        return {name: found.span(name) for name in found.groupdict()} if found else None


def read_template(template: str) -> Pattern:
    """A template as a :class:`Pattern`; raises ValueError for braces that are no field."""
    prefix, rest = "", template
    if template.startswith(UNIT_PREFIX):
        prefix, rest = "unit", template[len(UNIT_PREFIX) :]
    elif template.startswith(FILE_PREFIX):
        prefix, rest = "file", template[len(FILE_PREFIX) :]
    parts = list(pieces(rest))
    regex = "".join(_form(*part) for part in parts)
    literal = max((text for text, name, _ in parts if not name), key=len, default="")
    weight = sum(len(text) for text, _, _ in parts)
    literals = tuple(text for text, _, _ in parts if text)
    free = sum(not words and FORMS.get(name, _TEXT) in _FREE for _, name, words in parts if name)
    compiled = re.compile(regex, re.DOTALL)
    return Pattern(template, prefix, _keys(parts), literal, literals, weight, compiled, tuple(parts), free > MOST_FREE)


def _spans_in_order(parts: tuple[tuple[str, str, str], ...], text: str) -> dict[str, tuple[int, int]] | None:
    """Each field ends where the text after it comes first, and is never tried once more."""
    spans: dict[str, tuple[int, int]] = {}
    at, last = 0, len(parts) - 1
    for number, (literal, name, words) in enumerate(parts):
        if not name:
            if not text.startswith(literal, at):
                return None
            at += len(literal)
            continue
        following = parts[number + 1][0] if number < last else ""
        end = len(text)
        if following:
            end = end - len(following) if number + 1 == last else text.find(following, at)
        if end < at or not _form_regex(name, words).fullmatch(text, at, end):
            return None
        spans[name] = at, end
        at = end
    return spans if at == len(text) else None


@cache
def _form_regex(name: str, words: str) -> re.Pattern[str]:
    return re.compile(_inner(name, words), re.DOTALL)


def pieces(text: str) -> list[tuple[str, str, str]]:
    """The parts of a template in order: (text, "", "") or ("", field, its words)."""
    found: list[tuple[str, str, str]] = []
    at = 0
    for field in _FIELD.finditer(text):
        if field.start() > at:
            found.append((text[at : field.start()], "", ""))
        found.append(("", field[1], field[2] or ""))
        at = field.end()
    if at < len(text):
        found.append((text[at:], "", ""))
    for part in found:
        if not part[1] and re.search(r"\{\w|\w\}", part[0]):
            raise ValueError(f"`{part[0]}` holds braces that are no field")
    return found


def fields_of(template: str) -> frozenset[str]:
    """The names of a template's fields."""
    return frozenset(name for _, name, _ in pieces(template) if name)


def filled(template: str, values: dict[str, str] | None = None) -> str:
    """A message as the template writes it, with ``values`` or samples in its fields."""
    texts = []
    for text, name, words in pieces(template):
        sample = words.split("|")[0] if words else SAMPLES.get(name, "something")
        texts.append(text if not name else (values or {}).get(name, sample))
    return "".join(texts)


@cache
def cut_regex(pattern: Pattern) -> re.Pattern[str] | None:
    """What finds the message with its end cut off; None where too little of it would be left to tell it by."""
    parts = pieces(pattern.template[len(UNIT_PREFIX) :] if pattern.prefix == "unit" else pattern.template)
    if parts[0][1] or len(parts[0][0]) < SHORTEST_CUT:
        return None
    tail = ""
    for text, name, words in reversed(parts[1:]):
        tail = f"(?:{_form('', name, words)}{tail})?" if name else _may_end_early(text, tail)
    first = parts[0][0]
    return re.compile(re.escape(first[:SHORTEST_CUT]) + _may_end_early(first[SHORTEST_CUT:], tail), re.DOTALL)


def _may_end_early(text: str, tail: str) -> str:
    for character in reversed(text):
        tail = f"(?:{re.escape(character)}{tail})?"
    return tail


def _form(text: str, name: str, words: str) -> str:
    return f"(?P<{name}>{_inner(name, words)})" if name else re.escape(text)


def _inner(name: str, words: str) -> str:
    return "|".join(re.escape(word) for word in words.split("|")) if words else FORMS.get(name, _TEXT)


def _keys(parts: list[tuple[str, str, str]]) -> tuple[str, ...]:
    """The first word of a message, as ``message.partition(" ")`` gives it."""
    text, name, words = parts[0]
    if not name:
        return (text.partition(" ")[0],) if " " in text or len(parts) == 1 else ()
    following = parts[1][0] if len(parts) > 1 else ""
    if words and (following.startswith(" ") or not following):
        return tuple(word.partition(" ")[0] for word in words.split("|"))
    return ()
