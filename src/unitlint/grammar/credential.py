"""LoadCredential=, SetCredential=, ImportCredential= (load-fragment.c)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.base64_data import is_base64
from unitlint.grammar.faults import expanded, ignored, whole
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import Word, decode_escape

_SOURCE_OPTIONAL_SINCE = 249
_DATA_SINCE = 250
_RENAME_SINCE = 256
_MAX_LENGTH = 255
_NO_NAME = "a credential's name is a file name of plain ASCII characters, without : and /"


def is_name(text: str) -> bool:
    """True for a file name of printable ASCII without a colon (credential_name_valid)."""
    return (
        0 < len(text) <= _MAX_LENGTH
        and text not in (".", "..")
        and all(" " <= char < "\x7f" and char not in "/:" for char in text)
    )


def load_credential(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_load_credential: name:source, since 249 also the name alone."""
    if not text:
        return []
    name, source = _split(text)
    if not source.text and context.release < _SOURCE_OPTIONAL_SINCE:
        return [ignored(whole(text), "it is not of the form name:/path")]
    problems: list[Problem] = []
    identifier = expanded(name, context, problems)
    if identifier is None:
        return problems
    if not is_name(identifier):
        return [ignored(name, _NO_NAME)]
    path = expanded(source, context, problems) if source.text else None
    if path is not None and not _is_source(path):
        problems.append(ignored(source, "the source is neither an absolute path nor a name"))
    return problems


def set_credential(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_set_credential: name:data; encrypted data in base64."""
    if not text:
        return []
    name, data = _split(text)
    if ":" not in text or (not data.text.strip("\\") and context.release >= _DATA_SINCE):
        return [ignored(whole(text), "it is not of the form name:data")]
    problems: list[Problem] = []
    identifier = expanded(name, context, problems)
    if identifier is None:
        return problems
    if not is_name(identifier):
        return [ignored(name, _NO_NAME)]
    if context.directive.endswith("Encrypted"):
        if not is_base64(data.text, context.release):
            problems.append(ignored(data, "encrypted data must be base64"))
    else:
        bad = _bad_escape(data.text)
        if bad is not None:
            place = Word("\\", data.start + bad, min(data.start + bad + 2, data.end))
            problems.append(ignored(place, "it is no escape sequence of C"))
    return problems


def import_credential(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_import_credential: a name, perhaps ending in ``*``; since 256 with :rename."""
    if not text:
        return []
    name, rename = (whole(text), None)
    if context.release >= _RENAME_SINCE and ":" in text:
        name, rename = _split(text)
    problems: list[Problem] = []
    pattern = expanded(name, context, problems)
    if pattern is None:
        return problems
    if not _is_glob(pattern):
        reason = "it is no credential's name; only one * at its end may stand for more"
        return [ignored(name, reason)]
    if rename is not None and rename.text and not is_name(rename.text):
        problems.append(ignored(rename, _NO_NAME))
    return problems


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
