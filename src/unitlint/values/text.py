"""Strings and paths in which specifiers are expanded, and a few plain texts."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.late_patterns import late_pattern
from unitlint.values.faults import expanded, ignored, path_problem, take_words, whole, without_managed_oom
from unitlint.values.numbers import UINT64_MAX, parse_integer
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.specifiers import BAD_SPECIFIER, FULL, effect_of, expand
from unitlint.values.words import RETAIN_ESCAPE, UNQUOTE

_NEED_MOUNTS = ("RootDirectory", "RootImage")
"""What the unit needs the mounts of (unit.c: unit_add_exec_dependencies)."""


def path(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_unit_path_printf: an absolute path, or nothing."""
    expanded = expand(text, context, FULL)
    if expanded is None:
        return (ValueProblem(effect_of(context), 0, len(text), BAD_SPECIFIER, "bad-specifier"),)
    if not expanded:
        return ()
    problem = path_problem(whole(text), expanded, context, effect_of(context))
    if problem is None and context.directive in _NEED_MOUNTS:
        from unitlint.values.mount_names import mount_problem

        problem = mount_problem(whole(text), expanded, context)
    return (problem,) if problem else ()


def plain_path(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_path: an absolute path without specifiers, or nothing."""
    problem = path_problem(whole(text), text, context, effect_of(context)) if text else None
    return (problem,) if problem else ()


def coredump_filter(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_coredump_filter: names of mappings, ``all``, ``default``, or bits in hexadecimal digits."""
    from unitlint.catalogue import facts

    known = facts("coredump_filter")
    problems: list[ValueProblem] = []
    for word in take_words(text, problems, UNQUOTE):
        if word.text in known or word.text in ("all", "default"):
            continue
        number = parse_integer(word.text, 16)
        if number is None or not 0 <= number <= UINT64_MAX:
            problems.append(
                ignored(word, "expected kinds of mappings such as private-anonymous, or a hexadecimal number")
            )
            break
    return problems


def extended_attribute(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_xattr: user.NAME=VALUE."""
    if not text:
        return ()
    name, equals, _ = text.partition("=")
    if not equals:
        return (ignored(whole(text), "expected user.NAME=VALUE"),)
    if not name.startswith("user."):
        return (ignored(whole(text), "the name must begin with user.", suggestion=f"user.{text}"),)
    return ()


def removed(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_warn_compat: the directive is still known, but does nothing any more."""
    return (ValueProblem("ignored", 0, len(text), "systemd no longer acts on it", "removed-directive"),)


_RULE_NAME = late_pattern(r"[^/*?\[\\\"'\x00-\x1f\x7f]{1,255}")
_ASCII_SINCE = 248
_MAX_NAME = 255


def reboot_parameter(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_reboot_parameter: ASCII text, since 248 (reboot-util.c: reboot_parameter_is_valid)."""
    problems: list[ValueProblem] = []
    parameter = expanded(whole(text), context, problems)
    if parameter and context.release >= _ASCII_SINCE and not (parameter.isascii() and len(parameter) <= _MAX_NAME):
        problems.append(ignored(whole(text), f"a reboot argument is ASCII text of at most {_MAX_NAME} characters"))
    return problems


def anything(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """A value that no release objects to; secure bits, for instance: unknown words are dropped silently."""
    return ()


def oom_rules(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_managed_oom_rules: names of rule files."""
    problems = list(without_managed_oom(text, context))
    if problems:
        return problems
    for word in take_words(text, problems, UNQUOTE | RETAIN_ESCAPE):
        if not _RULE_NAME.fullmatch(word.text) or word.text in (".", ".."):
            problems.append(ignored(word, "expected the names of OOM rules, separated by spaces"))
    return problems


def luo_sessions(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_luo_sessions: names without quotes and colons."""
    problems: list[ValueProblem] = []
    seen: set[str] = set()
    for word in take_words(text, problems, 0):
        if any(char in ":\"'\\*?[" or not "!" <= char <= "~" for char in word.text):
            problems.append(ignored(word, "a session's name is plain ASCII, without colons, quotes and wildcards"))
        elif word.text in seen:
            problems.append(ignored(word, "this session is named already"))
        seen.add(word.text)
    return problems


REBOOT_CHECKED = (252, 254)
"""Older releases that read RebootArgument= as 256 does, as Debian builds them."""


def string(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_unit_string_printf: any text whose specifiers can be expanded."""
    is_argument = context.section == "Unit" and context.directive.endswith("RebootArgument")
    if is_argument and context.release in REBOOT_CHECKED:
        return reboot_parameter(text, context)
    expanded = expand(text, context)
    if expanded is None:
        return (ValueProblem(effect_of(context), 0, len(text), BAD_SPECIFIER, "bad-specifier"),)
    if context.section == "Mount" and context.directive == "What" and expanded.startswith("/"):
        from unitlint.values.mount_names import mount_problem

        problem = mount_problem(whole(text), expanded, context)
        return (problem,) if problem else ()
    return ()
