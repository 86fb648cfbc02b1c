"""Names of units in values: dependencies, Slice=, Unit=, Sockets=, Service=."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.expand import NAME
from unitlint.grammar.faults import expanded, ignored, take_words, warned, whole
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import RETAIN_ESCAPE, Word

TYPES = (
    "service", "socket", "target", "device", "mount", "automount", "swap", "timer", "path",
    "slice", "scope",
)  # fmt: skip
_STEM = re.compile(r"[A-Za-z0-9:_.\\-][A-Za-z0-9:_.\\@-]*")
_MAX_LENGTH = 255


def is_valid(name: str) -> bool:
    """True for the name of a unit, a template or an instance (unit_name_is_valid)."""
    stem, dot, suffix = name.rpartition(".")
    return bool(dot) and suffix in TYPES and len(name) <= _MAX_LENGTH and _STEM.fullmatch(stem) is not None


def is_template(name: str) -> bool:
    """True for ``getty@.service``."""
    return "@." in name and name.index("@") + 1 == name.rindex(".")


def own_name(context: Context) -> str:
    """The name of the unit that the value belongs to."""
    return context.unit_name or "unit.service"


def dependencies(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_unit_deps."""
    problems: list[Problem] = []
    for word in take_words(text, problems, RETAIN_ESCAPE):
        name = expanded(word, context, problems, NAME)
        if name is None:
            continue
        if not is_valid(name):
            problems.append(ignored(word, _why_invalid(name), suggestion=_nearest_name(word, name)))
    return problems


def obsolete_dependencies(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_obsolete_unit_deps: RequiresOverridable= and its like."""
    reason = f"systemd takes it for {context.directive.replace('Overridable', '')}="
    return [warned(whole(text), reason, "deprecated-directive"), *dependencies(text, context)]


def slice_unit(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_unit_slice."""
    problems: list[Problem] = []
    word = whole(text)
    name = expanded(word, context, problems, NAME)
    if name is None:
        return problems
    if not is_valid(name) or is_template(name):
        suggestion = text + ".slice" if text and is_valid(name + ".slice") else None
        problems.append(ignored(word, "it is no name of a slice unit", suggestion=suggestion))
    elif not name.endswith(".slice"):
        problems.append(ignored(word, "a slice must be a unit of type slice"))
    elif context.section == "Slice":
        problems.append(ignored(word, "the name of a slice says in which it lies, as a-b.slice lies in a.slice"))
    return problems


def trigger_unit(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_trigger_unit: Unit= of a timer or a path."""
    problems: list[Problem] = []
    word = whole(text)
    name = expanded(word, context, problems, NAME)
    if name is None:
        return problems
    if not is_valid(name):
        problems.append(ignored(word, _why_invalid(name), suggestion=_nearest_name(word, name)))
    elif name == own_name(context) or text == "%n":
        problems.append(ignored(word, "a unit cannot trigger itself"))
    return problems


def service_sockets(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_service_sockets."""
    problems: list[Problem] = []
    for word in take_words(text, problems, 0):
        name = expanded(word, context, problems, NAME)
        if name is None or (name.endswith(".socket") and is_valid(name)):
            continue
        suggestion = word.text + ".socket" if is_valid(name + ".socket") else None
        problems.append(ignored(word, "it is no name of a socket unit", suggestion=suggestion))
    return problems


def socket_service(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_socket_service: Service= of a socket."""
    problems: list[Problem] = []
    word = whole(text)
    name = expanded(word, context, problems, NAME)
    if name is None:
        return problems
    if not name.endswith(".service") or not is_valid(name):
        suggestion = text + ".service" if text and is_valid(name + ".service") else None
        problems.append(ignored(word, "it is no name of a service unit", suggestion=suggestion))
    elif is_template(name):
        problems.append(ignored(word, "a template without an instance cannot be started"))
    return problems


def _why_invalid(name: str) -> str:
    suffix = name.rpartition(".")[2]
    if "." in name and suffix in TYPES:
        return "it holds a character that unit names do not have"
    return "a unit's name ends in its type, such as .service"


def _nearest_name(word: Word, name: str) -> str | None:
    if "," in name:
        parts = [part for part in name.split(",") if part]
        return " ".join(parts) if parts and all(map(is_valid, parts)) else None
    if name != word.text or "." in name or not _STEM.fullmatch(name):
        return None
    return name + ".service"
