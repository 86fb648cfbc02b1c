"""Values that systemd takes as they are, and lists whose bad words it drops without a sound."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.faults import expanded, ignored, take_words, whole
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import RETAIN_ESCAPE, UNQUOTE

_RULE_NAME = re.compile(r"[^/*?\[\\\"'\x00-\x1f\x7f]{1,255}")
_ASCII_SINCE = 248
_MAX_NAME = 255


def reboot_parameter(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_reboot_parameter: ASCII text, since 248 (reboot-util.c: reboot_parameter_is_valid)."""
    problems: list[Problem] = []
    parameter = expanded(whole(text), context, problems)
    if parameter and context.release >= _ASCII_SINCE and not (parameter.isascii() and len(parameter) <= _MAX_NAME):
        problems.append(ignored(whole(text), f"a reboot argument is ASCII text of at most {_MAX_NAME} characters"))
    return problems


def anything(text: str, context: Context) -> Iterable[Problem]:
    """A value that no release objects to; secure bits, for instance: unknown words are dropped silently."""
    return ()


def oom_rules(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_managed_oom_rules: names of rule files."""
    problems: list[Problem] = []
    for word in take_words(text, problems, UNQUOTE | RETAIN_ESCAPE):
        if not _RULE_NAME.fullmatch(word.text) or word.text in (".", ".."):
            problems.append(ignored(word, "it is no name of a rule"))
    return problems


def luo_sessions(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_luo_sessions: names without quotes and colons."""
    problems: list[Problem] = []
    for word in take_words(text, problems, 0):
        if any(char in ":\"'\\*?[" or not "!" <= char <= "~" for char in word.text):
            problems.append(ignored(word, "a session's name is plain ASCII, without colons, quotes and wildcards"))
    return problems
