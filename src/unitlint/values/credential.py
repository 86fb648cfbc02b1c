"""LoadCredential=, SetCredential=, ImportCredential= (load-fragment.c)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.late_patterns import late_pattern
from unitlint.syntax.lines import WHITESPACE
from unitlint.values.faults import expanded, ignored, whole
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.words import Word, decode_escape

_SOURCE_OPTIONAL_SINCE = 249
_DATA_SINCE = 250
_RENAME_SINCE = 257
_MAX_LENGTH = 255
_NO_NAME = "the name of a credential has ASCII characters, without : and /"


def is_name(text: str) -> bool:
    """True for a file name of printable ASCII without a colon (credential_name_valid)."""
    return (
        0 < len(text) <= _MAX_LENGTH
        and text not in (".", "..")
        and all(" " <= char < "\x7f" and char not in "/:" for char in text)
    )


def load_credential(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_load_credential: name:source, since 249 also the name alone."""
    if not text:
        return []
    name, source = _split(text)
    if not source.text and context.release < _SOURCE_OPTIONAL_SINCE:
        return [ignored(whole(text), "expected NAME:/path")]
    problems: list[ValueProblem] = []
    if not _takes_name(name, context, problems):
        return problems
    path = expanded(source, context, problems) if source.text else None
    if path is not None and not _is_source(path):
        problems.append(ignored(source, "expected an absolute path or the name of a credential as the source"))
    return problems


def set_credential(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_set_credential: name:data; encrypted data in base64."""
    if not text:
        return []
    name, data = _split(text)
    if ":" not in text or (not data.text.strip("\\") and context.release >= _DATA_SINCE):
        return [ignored(whole(text), "expected NAME:VALUE, such as greeting:hello")]
    problems: list[ValueProblem] = []
    if not _takes_name(name, context, problems):
        return problems
    if context.directive.endswith("Encrypted"):
        if not is_base64(data.text, context.release):
            problems.append(ignored(data, "encrypted data must be base64"))
    else:
        bad = _bad_escape(data.text)
        if bad is not None:
            place = Word("\\", data.start + bad, min(data.start + bad + 2, data.end))
            problems.append(ignored(place, "expected an escape sequence such as \\n or \\x20"))
    return problems


def import_credential(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_import_credential: a name, perhaps ending in ``*``; since 256 with :rename."""
    if not text:
        return []
    name, rename = (whole(text), None)
    if context.release >= _RENAME_SINCE and ":" in text:
        name, rename = _split(text)
    problems: list[ValueProblem] = []
    pattern = expanded(name, context, problems)
    if pattern is None:
        return problems
    if not _is_glob(pattern):
        reason = "expected the name of a credential, or a prefix and *, such as app.*"
        return [ignored(name, reason)]
    if rename is not None and rename.text and not is_name(rename.text):
        problems.append(ignored(rename, _NO_NAME))
    return problems


def _takes_name(word: Word, context: ValueContext, problems: list[ValueProblem]) -> bool:
    """Whether systemd takes the word as a credential's name; what it says of another goes to ``problems``."""
    name = expanded(word, context, problems)
    if name is not None and not is_name(name):
        problems.append(ignored(word, _NO_NAME))
    return not problems


def _split(text: str) -> tuple[Word, Word]:
    head, colon, rest = text.partition(":")
    return Word(head, 0, len(head)), Word(rest, len(head) + len(colon), len(text))


def _is_source(path: str) -> bool:
    if path.startswith("/"):
        return "//" not in path and not any(part in (".", "..") for part in path.split("/"))
    return is_name(path)


def _is_glob(text: str) -> bool:
    stem = text[:-1] if text.endswith("*") else text
    if any(char in stem for char in "*?["):
        return False
    return text == "*" or is_name(stem)


def _bad_escape(text: str) -> int | None:
    at = text.find("\\")
    while at >= 0:
        if at + 1 == len(text):
            return at
        decoded, after = decode_escape(text, at + 1)
        if decoded is None and text[at + 1 : at + 4] not in ("x00", "000"):
            return at
        at = text.find("\\", after if decoded is not None else at + 4)
    return None


_DATA = late_pattern(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_URL_SAFE_SINCE = 255
"""From about then on - and _ stand for + and / too: 254 does not know them, 257 does."""
_FROM_URL_SAFE = str.maketrans("-_", "+/")
_LAST_OF_ONE = "AQgw"
_LAST_OF_TWO = "AEIMQUYcgkosw048"


def is_base64(text: str, release: int) -> bool:
    """True for base64 data; white space inside does not matter, unused bits must be zero."""
    data = text.translate({ord(char): None for char in WHITESPACE})
    if release >= _URL_SAFE_SINCE:
        data = data.translate(_FROM_URL_SAFE)
    if not _DATA.fullmatch(data):
        return False
    if data.endswith("=="):
        return data[-3] in _LAST_OF_ONE
    return not data.endswith("=") or data[-2] in _LAST_OF_TWO
