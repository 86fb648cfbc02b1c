"""Names of units in values: dependencies, Slice=, Unit=, Sockets=, Service=."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.late_patterns import late_pattern
from unitlint.catalogue import UNIT_TYPES
from unitlint.values.choice import choice, words_of
from unitlint.values.faults import FATAL_UNTIL, expanded, fatal_once, ignored, tail, take_words, warned, whole
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.specifiers import BAD_SPECIFIER, FULL, NAME, expand
from unitlint.values.typed import parse_boolean
from unitlint.values.unit_name import TEMPLATES, is_unit_name
from unitlint.values.words import RETAIN_ESCAPE, UNQUOTE, Word


def is_template(name: str) -> bool:
    """True for ``getty@.service``."""
    return "@." in name and name.index("@") + 1 == name.rindex(".")


def is_impossible_instance(name: str) -> bool:
    """True for an instance or template of a type that has none, which systemd loads for nobody."""
    return "@" in name and name.rpartition(".")[2] not in TEMPLATES


def name_of_unit(context: ValueContext) -> str:
    """The name of the unit that the value belongs to."""
    return context.unit_name or "unit.service"


def dependencies(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_unit_deps."""
    if "@" not in text and is_unit_name(text):  # one plain name, as most are
        return ()
    problems: list[ValueProblem] = []
    for word in take_words(text, problems, RETAIN_ESCAPE):
        name = expanded(word, context, problems, NAME)
        if name is None:
            continue
        if not is_unit_name(name):
            problems.append(ignored(word, _why_invalid(name), suggestion=_nearest_name(word, name)))
        elif is_impossible_instance(name):
            problems.append(ignored(word, _why_no_instance(name)))
    return problems


def obsolete_dependencies(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_obsolete_unit_deps: RequiresOverridable= and its like."""
    plain = f"{context.directive.replace('Overridable', '')}="
    problem = warned(whole(text), f"systemd uses {plain} instead", "deprecated-directive")
    return [problem._replace(help=f"Write {plain}; the names stay the same."), *dependencies(text, context)]


def slice_unit(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_unit_slice."""
    problems: list[ValueProblem] = []
    word = whole(text)
    name = expanded(word, context, problems, NAME)
    if name is None:
        return problems
    if not is_unit_name(name) or is_template(name):
        suggestion = text + ".slice" if text and is_unit_name(name + ".slice") else None
        problems.append(ignored(word, "expected the name of a slice, such as app.slice", suggestion=suggestion))
    elif is_impossible_instance(name):
        problems.append(ignored(word, _why_no_instance(name)))
    elif not name.endswith(".slice"):
        problems.append(ignored(word, "expected the name of a slice, such as app.slice"))
    elif context.section == "Slice":
        problems.append(ignored(word, "the name of a slice says in which it lies, as a-b.slice lies in a.slice"))
    return problems


def trigger_unit(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_trigger_unit: Unit= of a timer or a path."""
    problems: list[ValueProblem] = []
    word = whole(text)
    name = expanded(word, context, problems, NAME)
    if name is None:
        return problems
    if not is_unit_name(name):
        problems.append(ignored(word, _why_invalid(name), suggestion=_nearest_name(word, name)))
    elif is_impossible_instance(name):
        problems.append(ignored(word, _why_no_instance(name)))
    elif name == name_of_unit(context) or text == "%n":
        problems.append(ignored(word, "a unit cannot trigger itself"))
    return problems


def service_sockets(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_service_sockets."""
    problems: list[ValueProblem] = []
    for word in take_words(text, problems, 0):
        name = expanded(word, context, problems, NAME)
        if name is None or (name.endswith(".socket") and is_unit_name(name)):
            continue
        suggestion = word.text + ".socket" if is_unit_name(name + ".socket") else None
        problems.append(ignored(word, "expected the name of a socket unit, such as app.socket", suggestion=suggestion))
    return problems


def socket_service(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_socket_service: Service= of a socket."""
    problems: list[ValueProblem] = []
    word = whole(text)
    name = expanded(word, context, problems, NAME, "refused" if context.release <= FATAL_UNTIL else "ignored")
    if name is None:
        return problems
    if not name.endswith(".service") or not is_unit_name(name):
        suggestion = text + ".service" if text and is_unit_name(name + ".service") else None
        problems.append(
            fatal_once(word, "expected the name of a service, such as app.service", context.release, suggestion)
        )
    elif is_template(name):
        problems.append(
            fatal_once(
                word, "a template cannot be started without an instance; write app@name.service", context.release
            )
        )
    return problems


def _why_invalid(name: str) -> str:
    suffix = name.rpartition(".")[2]
    if "." in name and suffix in UNIT_TYPES:
        return "the unit name contains a character that is not allowed"
    return "a unit name ends in its type, such as .service"


def _why_no_instance(name: str) -> str:
    return f"templates and instances do not exist for the type {name.rpartition('.')[2]}"


def _nearest_name(word: Word, name: str) -> str | None:
    if "," in name:
        parts = [part for part in name.split(",") if part]
        return " ".join(parts) if parts and all(map(is_unit_name, parts)) else None
    if name != word.text or name in UNIT_TYPES:
        return None
    if name.startswith("/"):
        from unitlint.values.mount_names import unit_name_of

        return unit_name_of(name, "device" if name.startswith("/dev/") else "mount")
    if "." in name:
        return _with_known_suffix(name)
    return _with_suffix(name) if is_unit_name(f"{name}.service") else None


def _with_suffix(name: str) -> str:
    """``name.service``, but ``network.target`` where systemd has no service of that name."""
    from unitlint.catalogue import facts

    shipped = facts("shipped_units")
    is_target = f"{name}.target" in shipped and f"{name}.service" not in shipped
    return f"{name}.target" if is_target else f"{name}.service"


def _with_known_suffix(name: str) -> str | None:
    from unitlint.values.meant import meant

    stem, _, suffix = name.rpartition(".")
    near = meant(suffix, UNIT_TYPES)
    return f"{stem}.{near}" if near and is_unit_name(f"{stem}.{near}") else None


_ELEMENT = r"[A-Za-z_-][A-Za-z0-9_-]*"
_NAME = late_pattern(rf"{_ELEMENT}(?:\.{_ELEMENT})+")
_UNIQUE = late_pattern(r":[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")

_LONGEST_BUS_NAME = 255


def bus_name(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """A D-Bus name with a dot in it, such as org.example.Foo."""
    problems: list[ValueProblem] = []
    word = whole(text)
    name = expanded(word, context, problems)
    if name is None or (len(name) <= _LONGEST_BUS_NAME and (_NAME.fullmatch(name) or _UNIQUE.fullmatch(name))):
        return problems
    return [ignored(word, "expected a bus name such as org.example.Name: two parts or more, separated by dots")]


_LABEL = late_pattern(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
_LONGEST = 64
_LONGEST_LABEL = 63
NAMES_SINCE = 258
"""Since then a colon and the host name that the unit is to see may follow."""


def is_hostname(text: str) -> bool:
    """Labels of letters, digits and hyphens with dots between (hostname-util.c: hostname_is_valid)."""
    labels = text.split(".")
    return len(text) <= _LONGEST and all(len(one) <= _LONGEST_LABEL and _LABEL.fullmatch(one) for one in labels)


def protect_hostname(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """A boolean or ``private``, alone or with a host name behind a colon."""
    word, colon, name = text.partition(":")
    if not colon or context.release < NAMES_SINCE:
        return choice(text, context)
    if word not in words_of(context) and parse_boolean(word) is None:
        return choice(text, context)
    place = tail(whole(text), name)
    expanded = expand(name, context, FULL)
    if expanded is None:
        return (ignored(place, BAD_SPECIFIER, "bad-specifier"),)
    return () if is_hostname(expanded) else (ignored(place, "expected a host name"),)


_PREFIXES = ("http://", "https://", "file:/", "info:", "man:")
_MANUAL = late_pattern(r"[A-Za-z0-9_.:@-]+\([0-9][a-z]*\)")
_HOST = late_pattern(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/.*)?")


def documentation(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """URLs: http, https, file, info and man."""
    problems: list[ValueProblem] = []
    for word in take_words(text, problems, UNQUOTE | RETAIN_ESCAPE):
        url = expanded(word, context, problems)
        if url is None:
            return problems
        if (url or not word.text) and not is_url(url):
            reason = "expected a URL that begins with http://, https://, file:/, info: or man:"
            problems.append(ignored(word, reason, suggestion=_nearest_url(word)))
    return problems


def is_url(text: str) -> bool:
    """True for what Documentation= takes (documentation_url_is_valid)."""
    return text.isascii() and any(text.startswith(prefix) and len(text) > len(prefix) for prefix in _PREFIXES)


def _nearest_url(word: Word) -> str | None:
    text = word.text.strip(",;<>")
    if text != word.text and is_url(text):
        return text
    if text.startswith("/"):
        return "file:" + text
    if _MANUAL.fullmatch(text):
        return "man:" + text
    return "https://" + text if _HOST.fullmatch(text) else None
