"""Containers that a service starts by the client of docker or podman."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.service import CONTAINER_CLIENTS
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.exec_line import Command
    from unitlint.values.words import Word

_SHORT = late_pattern(r"-[a-zA-Z]+")
ATTACHING = (("a", "--attach"), ("i", "--interactive"))
ATTACH = "Add -a, so that the client runs as long as the container, or set Type=oneshot with RemainAfterExit=yes."
TAKE_VALUE = "aceghlmpuvw"
"""Short options of ``docker run`` behind which a value stands, so that what follows is no option."""
REMOVING = ("rm", "stop", "kill", "create")


def detached(unit: Unit, context: Context) -> Iterator[Hit]:
    """``run -d``, ``up -d`` and ``start`` without ``-a``: the client ends at once, and so does the service.

    Silent for a task that counts as active afterwards, and where conmon tells systemd the main process.
    """
    if service_type(unit, context.release) in ("oneshot", "forking", "notify") or unit.is_on(
        "Service", "RemainAfterExit"
    ):
        return
    for line, command in _clients(unit, context, "ExecStart"):
        action = _action(command)
        flag = _option(command, "d", "--detach") if action in ("run", "up", "exec") else None
        if flag is not None:
            fields = {"what": f"with {flag.text}, {program(command)}"}
            yield Hit(line, fields, span=(flag.start, flag.end))
        elif action == "start" and not any(_option(command, *option) for option in ATTACHING):
            word = next(word for word in command.words if word.text == action)
            fields = {"what": f"`{program(command)} start` without -a"}
            yield Hit(line, fields, span=(word.start, word.end), suggestion=ATTACH)


def terminal(unit: Unit, context: Context) -> Iterator[Hit]:
    """``-it``: docker refuses to start without a terminal (cli: "the input device is not a TTY")."""
    if unit.value("Service", "StandardInput").startswith("tty") or unit.all("Service", "TTYPath"):
        return
    for line, command in _clients(unit, context, "ExecStart", "ExecStartPre", "ExecReload", "ExecStop"):
        if program(command) != "docker" or _action(command) not in ("run", "exec"):
            continue
        tty, keep = _option(command, "t", "--tty"), _option(command, "i", "--interactive")
        if tty is not None and keep is not None:
            yield Hit(line, {"flag": tty.text}, span=(tty.start, tty.end))


def name_in_use(unit: Unit, context: Context) -> Iterator[Hit]:
    """``--name`` without ``--rm`` and without a command that removes the old container."""
    others = [command for _, command in _clients(unit, context, "ExecStartPre", "ExecStopPost", "ExecStop")]
    if any(_action(command) == "rm" for command in others) or _mentions_removal(unit):
        return
    for line, command in _clients(unit, context, "ExecStart"):
        name = _option(command, "", "--name")
        if _action(command) != "run" or name is None:
            continue
        if _option(command, "", "--rm") is None and _option(command, "", "--replace") is None:
            yield Hit(line, {"program": program(command)}, span=(name.start, name.end))


def removal_not_forgiven(unit: Unit, context: Context) -> Iterator[Hit]:
    """``ExecStartPre=docker rm NAME`` fails where there is no such container, as at the first start."""
    for line, command in _clients(unit, context, "ExecStartPre"):
        action = _action(command)
        forgiven = command.tolerant or _option(command, "f", "--force") or _option(command, "i", "--ignore")
        if forgiven or action not in REMOVING or (action == "create" and command.words[0].text == "create"):
            continue
        yield Hit(line, {"what": f"{program(command)} {action}"}, span=(command.path_start, command.path_end))


def _mentions_removal(unit: Unit) -> bool:
    names = ("ExecStartPre", "ExecStop", "ExecStopPost", "ExecStart")
    return any(
        re.search(r"\brm\b", line.value) for name in names for line in unit.all("Service", name) if "sh" in line.value
    )


def _clients(unit: Unit, context: Context, *directives: str) -> Iterator[tuple[Assignment, Command]]:
    found = commands(unit, context.release, *directives)
    return ((line, command) for line, command in found if program(command) in CONTAINER_CLIENTS)


def _action(command: Command) -> str:
    """``run`` of ``docker container run``, ``up`` of ``docker compose -f x up``; global options do not count."""
    words = [word.text for word in command.words]
    if program(command).endswith("-compose") or "compose" in words[:3]:
        return next(
            (word for word in words if word in ("up", "down", "start", "run", "exec", "stop", "rm", "kill")), ""
        )
    plain = [word for word in words[:6] if not word.startswith("-")]
    if plain[:1] in (["container"], ["network"], ["volume"]):
        plain = plain[1:]
    return plain[0] if plain else ""


def _option(command: Command, short: str, long: str) -> Word | None:
    """The option of the client, alone or bundled as in ``-it``; what stands behind the image is the container's."""
    for word in _options(command):
        name, _, value = word.text.partition("=")
        if name == long and value not in ("false", "0"):
            return word
        if short and _SHORT.fullmatch(word.text) and short in word.text[1:]:
            return word
    return None


def _options(command: Command) -> Iterator[Word]:
    action = _action(command)
    has_begun = wants_value = False
    for word in command.words:
        text = word.text
        if text.startswith("-"):
            yield word
            wants_value = "=" not in text and (text[-1] in TAKE_VALUE if text[1:2] != "-" else text not in FLAGS)
        elif wants_value:
            wants_value = False
        elif has_begun and action in ("run", "exec"):
            return
        else:
            has_begun = has_begun or text == action


FLAGS = frozenset((
    "--rm", "--detach", "--tty", "--interactive", "--init", "--privileged", "--read-only", "--replace", "--force",
    "--publish-all", "--no-healthcheck", "--build", "--remove-orphans", "--quiet", "--ignore", "--all", "--no-deps",
))  # fmt: skip
"""Long options that take no value."""
