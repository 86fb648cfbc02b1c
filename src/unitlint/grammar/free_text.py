"""Values that systemd takes as they are, and lists whose bad words it drops without a sound."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.faults import expanded, ignored, take_words, whole
from unitlint.grammar.problem import Context, Problem

_RULE_NAME = re.compile(r"[^/*?\[]{1,255}")


def specifiers_only(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_reboot_parameter: text in which specifiers must exist."""
    problems: list[Problem] = []
    expanded(whole(text), context, problems)
    return problems


def words_only(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_exec_secure_bits: unknown words are dropped silently."""
    problems: list[Problem] = []
    for _ in take_words(text, problems):
        pass
    return problems


def anything(text: str, context: Context) -> Iterable[Problem]:
    """A value that no release objects to."""
    return ()


def oom_rules(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_managed_oom_rules: names of rule files."""
    problems: list[Problem] = []
    for word in take_words(text, problems):
        if not _RULE_NAME.fullmatch(word.text) or word.text in (".", ".."):
            problems.append(ignored(word, "it is no name of a rule"))
    return problems


def luo_sessions(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_luo_sessions: names without quotes and colons."""
    problems: list[Problem] = []
    for word in take_words(text, problems, 0):
        if any(char in ":\"'\\" for char in word.text):
            problems.append(ignored(word, "a session's name holds no colon and no quote"))
    return problems
