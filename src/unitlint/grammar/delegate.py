"""Delegate=, DisableControllers=, DelegateSubgroup= (load-fragment.c)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.catalogue import NEWEST
from unitlint.grammar.faults import ignored, names_at, take_words, unknown, whole
from unitlint.grammar.namespace import BOOLEANS
from unitlint.grammar.problem import Context, Problem

DELEGATING = ("Service", "Scope")
NOT_DELEGATING = "only services and scopes can hand a control group over"


_OF_THE_KERNEL = ("notify_on_release", "release_agent", "tasks")


def _is_attribute(name: str) -> bool:
    """True for what could be a file of the kernel's, such as memory.max (cgroup-util.c: cg_needs_escape)."""
    stem, dot, _ = name.partition(".")
    return bool(dot) and (stem == "cgroup" or stem in controllers(NEWEST))


def controllers(release: int) -> list[str]:
    """The cgroup controllers that systemd of ``release`` knows by name."""
    from unitlint.catalogue import facts

    return names_at(facts("cgroup_controllers"), release)


def delegate(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_delegate: a boolean, or controllers; only services and scopes can delegate."""
    if context.section not in DELEGATING:
        return [ignored(whole(text), NOT_DELEGATING)]
    if text.casefold() in BOOLEANS:
        return []
    problems: list[Problem] = []
    known = controllers(context.release)
    for word in take_words(text, problems):
        if word.text not in known:
            problems.append(unknown(word, "cgroup controller", known))
    return problems


def disable_controllers(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_disable_controllers: lost only if no word is a controller."""
    problems: list[Problem] = []
    known = controllers(context.release)
    words = list(take_words(text, problems, 0))
    if words and not any(word.text in known for word in words):
        problems.append(unknown(whole(text), "cgroup controller", known))
    return problems


def delegate_subgroup(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_delegate_subgroup: a file name."""
    if context.section not in DELEGATING:
        return [ignored(whole(text), NOT_DELEGATING)]
    if "/" in text or len(text) > 255 or text[:1] in (".", "_") or text in _OF_THE_KERNEL or _is_attribute(text):
        return [ignored(whole(text), "it is no name that a control group can have")]
    return []
