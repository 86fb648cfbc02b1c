"""Strings and paths in which specifiers are expanded, and a few plain texts."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.expand import FULL, expand
from unitlint.grammar.faults import ignored, path_problem, take_words, whole
from unitlint.grammar.integer import UINT64_MAX
from unitlint.grammar.printed_text import BAD_SPECIFIER, effect_of
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.ranges import parse_integer
from unitlint.grammar.words import UNQUOTE

TYPE_CHECKING = False
if TYPE_CHECKING:
    pass


def path(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_unit_path_printf: an absolute path, or nothing."""
    expanded = expand(text, context, FULL)
    if expanded is None:
        return (Problem(effect_of(context), 0, len(text), BAD_SPECIFIER, "bad-specifier"),)
    if not expanded:
        return ()
    problem = path_problem(whole(text), expanded, context, effect_of(context))
    return (problem,) if problem else ()


def plain_path(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_path: an absolute path without specifiers, or nothing."""
    problem = path_problem(whole(text), text, context, effect_of(context)) if text else None
    return (problem,) if problem else ()


def coredump_filter(text: str, _context: Context) -> Iterable[Problem]:
    """config_parse_exec_coredump_filter: names of mappings, ``all``, ``default``, or bits in hexadecimal digits."""
    from unitlint.catalogue import facts

    known = facts("coredump_filter")
    problems: list[Problem] = []
    for word in take_words(text, problems, UNQUOTE):
        if word.text in known or word.text in ("all", "default"):
            continue
        number = parse_integer(word.text, 16)
        if number is None or not 0 <= number <= UINT64_MAX:
            problems.append(ignored(word, "it is no kind of mapping and no hexadecimal number"))
            break
    return problems


def extended_attribute(text: str, _context: Context) -> Iterable[Problem]:
    """config_parse_xattr: user.NAME=VALUE."""
    if not text:
        return ()
    name, equals, _ = text.partition("=")
    if not equals:
        return (ignored(whole(text), "an extended attribute is written user.NAME=VALUE"),)
    if not name.startswith("user."):
        return (ignored(whole(text), "the name must begin with user.", suggestion=f"user.{text}"),)
    return ()


def removed(text: str, _context: Context) -> Iterable[Problem]:
    """config_parse_warn_compat: the directive is still known, but does nothing any more."""
    return (Problem("ignored", 0, len(text), "systemd no longer acts on it", "removed-directive"),)
