"""Disk images: RootImageOptions=, MountImages=, ExtensionImages=, *ImagePolicy=."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.likeness import nearest
from unitlint.values.faults import (
    UNREADABLE,
    expanded,
    ignored,
    names_at,
    path_problem,
    refused,
    tail,
    take_words,
    unknown,
    whole,
)
from unitlint.values.mounts import split_parts
from unitlint.values.output import is_descriptor_name
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.words import CUNESCAPE, DONT_COALESCE_SEPARATORS, RETAIN_ESCAPE, UNQUOTE, Word, read_words

_GRACEFUL_SINCE = 259
_POLICIES = (
    "verity", "signed", "encrypted", "unprotected", "unused", "absent", "open", "ignore",
    "read-only-on", "read-only-off", "growfs-on", "growfs-off", "encryptedwithintegrity",
)  # fmt: skip
_API_CHECK_SINCE = 256


def _partitions(release: int) -> list[str]:
    from unitlint.catalogue import facts

    return names_at(facts("image_partition_designators"), release)


def root_image_options(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_root_image_options: words of the form options or partition:options."""
    problems: list[ValueProblem] = []
    words = list(take_words(text, problems, UNQUOTE | RETAIN_ESCAPE))
    pairs = [split_parts(word, keep_empty=False) for word in words]
    for word, parts in zip(words, pairs, strict=True):
        if parts is None or len(parts) > 2:
            return [ignored(word, "expected OPTIONS or PARTITION:OPTIONS, such as root:ro,noexec")]
    for parts in pairs:
        problems.extend(_option_problems(parts or [], context))
    return problems


def _option_problems(parts: list[Word], context: ValueContext) -> list[ValueProblem]:
    problems: list[ValueProblem] = []
    if len(parts) == 2:
        partitions = _partitions(context.release)
        if parts[0].text not in partitions:
            return [unknown(parts[0], "partition type", partitions)]
    if parts:
        expanded(parts[-1], context, problems)
    return problems


def mount_images(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_mount_images: source:destination[:partition:options…]."""
    return _images(text, context, destination=True)


def extension_images(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_extension_images: source[:partition:options…]."""
    return _images(text, context, destination=False)


def _images(text: str, context: ValueContext, *, destination: bool) -> list[ValueProblem]:
    problems: list[ValueProblem] = []
    for word in take_words(text, problems, UNQUOTE | RETAIN_ESCAPE):
        parts = split_parts(word, keep_empty=False)
        if parts is None:
            problems.append(ignored(word, UNREADABLE))
            return problems
        if not parts:
            continue
        api = context.release < _API_CHECK_SINCE
        if not _is_valid_path(parts[0], context, problems, api=api, optional=True):
            continue
        rest = parts[1:]
        if destination:
            if not rest:
                problems.append(ignored(word, "expected IMAGE:DIRECTORY, such as /srv/app.raw:/opt/app"))
                continue
            if not _is_valid_path(rest.pop(0), context, problems, api=True, optional=False):
                continue
        problems.extend(_image_options(rest, context))
    return problems


def _image_options(rest: list[Word], context: ValueContext) -> list[ValueProblem]:
    if len(rest) == 1:
        return _option_problems(rest, context)
    problems: list[ValueProblem] = []
    for number in range(0, len(rest), 2):
        problems.extend(_option_problems(rest[number : number + 2], context))
    return problems


def _is_valid_path(
    word: Word, context: ValueContext, problems: list[ValueProblem], *, api: bool, optional: bool
) -> bool:
    path = expanded(word, context, problems)
    if path is None:
        return False
    if optional:
        path, word = path.removeprefix("-"), tail(word, word.text.removeprefix("-"))
    problem = path_problem(word, path, context, api=api)
    if problem is not None:
        problems.append(problem)
    return problem is None


def image_policy(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_image_policy: partition=policy+policy, separated by colons."""
    if text in ("", "*", "-", "~"):
        return []
    at = 0
    seen: set[str] = set()
    for item in text.split(":"):
        word = Word(item, at, at + len(item))
        at += len(item) + 1
        problem = _policy_problem(word, context)
        if problem is None and item.partition("=")[0].strip() in seen:
            problem = refused(word, "this partition type already has a policy")
        if problem is not None:
            return [problem]
        seen.add(item.partition("=")[0].strip())
    return []


def _policy_problem(word: Word, context: ValueContext) -> ValueProblem | None:
    name, equals, flags = word.text.partition("=")
    if not equals:
        return refused(word, "expected PARTITION=POLICY, such as root=verity+signed")
    partitions = _partitions(context.release)
    if name.strip() and name.strip() not in partitions:
        if context.release >= _GRACEFUL_SINCE:
            return None
        close = nearest(name.strip(), partitions)
        place = Word(name, word.start, word.start + len(name))
        return refused(place, "expected a partition type such as root, usr or home", suggestion=close)
    for flag in flags.split("+"):
        if flag.strip() and flag.strip() not in _POLICIES and context.release < _GRACEFUL_SINCE:
            return refused(word, f"`{flag}` is not a partition policy")
    return None


_EXCLUSIVE = frozenset(("append", "truncate", "read-only"))


def open_file(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """path[:name[:flag,flag]]."""
    from unitlint.catalogue import facts

    if not text:
        return []
    parts, failure = read_words(text, ":", DONT_COALESCE_SEPARATORS | CUNESCAPE)
    if failure is not None or len(parts) > 3 or not parts[0].text.startswith("/"):
        return [ignored(whole(text), "expected PATH, PATH:NAME or PATH:NAME:FLAGS, such as /etc/app.key:key:read-only")]
    name = parts[1] if len(parts) > 1 and parts[1].text else parts[0]._replace(text=_file_name(parts[0].text))
    if not name.text or not is_descriptor_name(name.text):
        return [ignored(name, "expected a name of printable ASCII characters, without :")]
    if len(parts) < 3:
        return []
    flags = names_at(facts("open_file_flags"), context.release)
    given = [flag for flag in parts[2].text.split(",") if flag]
    for flag in given:
        if flag not in flags:
            reason = "the flags are " + ", ".join(flags)
            return [ignored(parts[2], reason, suggestion=nearest(flag, flags))]
    if len(_EXCLUSIVE.intersection(given)) > 1:
        return [ignored(parts[2], "read-only, append and truncate exclude each other")]
    return []


def _file_name(path: str) -> str:
    """The last part of a path; nothing where that names a directory's parent (path-util.c: path_extract_filename)."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return "" if not parts or parts[-1] == ".." else parts[-1]
