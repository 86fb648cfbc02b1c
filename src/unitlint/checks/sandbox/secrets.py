"""Secrets where everybody can read them.  No message repeats one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.sandbox.facts import SECTION
from unitlint.checks.service import CONTAINER_CLIENTS, variables_in
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands, program
from unitlint.units.service import other_user
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.exec_line import Command

_NAME = late_pattern(
    r"(?i)(?:^|[_-])(?:pass(?:word|wd|phrase)?|pw|secret|token|api_?key|(?:access|secret|private|encryption|signing)_?key"
    r"|credentials?)$",
)
_OPTION = late_pattern(r"(?i)^--?(?:[\w-]+[-_])?(?:password|passwd|passphrase|secret|token|api-?key|secret-?key)$")
_VARIABLE = late_pattern(r"^[A-Z][A-Z0-9_]*$")
_IN_ADDRESS = late_pattern(r"(?i)[a-z][a-z0-9+.-]{0,30}://[^/\s:@$%{<]*:([^/\s@$%{<*]{2,})@")
_NO_SECRET = late_pattern(
    r"(?i)^(?:$|[$%@{<~\[-]|/(?:etc|run|var|srv|opt|home|usr|root|tmp|mnt|dev|proc|data|app|config|certs?|keys?|ssl|secrets?)/|\.{1,2}/|(?:\w+=[^,]*,)*(?:id|src|source|target)=|[\w./+-]+\.(?:json|ya?ml|toml|conf|cfg|ini"
    r"|env|key|pem|crt|cer|p12|pfx|jks|pub|csv|txt|token|secret|creds?|gpg|asc|age)$"
    r"|file:|env:|\d{1,3}$|(?:true|false|yes|no|on|off|none|null|auto|stdin)$)",
)


_FILL_IN = late_pattern(
    r"(?i)(?:change[-_ ]?(?:me|it|this)|replace(?:[-_ ]|$)|(?:your|insert|enter|put|fill)[-_ ]|placeholder|<|todo$"
    r"|fixme$|this[-_ ]needs[-_ ]to|to[-_ ]be[-_ ](?:changed|replaced|filled)"
    r"|tbd$|x{3,}$|\*+$|\.{3,}$).*|.*[-_ ](?:here|placeholder)"
    r"|.*(?:token|password|passphrase|secret|key)here",
)
"""What people write where a secret is to be filled in; where that belongs is for them to decide then."""


def _is_secret(line: Assignment, name: str, value: str) -> bool:
    """False for paths, switches, variables, and for what is still to be filled in.

    In a template the value is a secret in the end, whatever the placeholder is called.
    """
    if line.document.template is not None:
        from unitlint.syntax.document import OPAQUE
        from unitlint.units.placeholders import Unknown

        if OPAQUE in value and isinstance(line, Unknown):
            given = re.search(rf"{re.escape(name)}[=:\s]+[\"']?([^\s\"']*)", line.given)
            return given is None or _FILL_IN.fullmatch(given[1]) is None
    if _NAME_OF_ITS_OWN.fullmatch(value):
        return False
    if len(value) < _SHORTEST_KEY and _OF_USER.search(name):
        return False
    return _NO_SECRET.match(value) is None and _FILL_IN.fullmatch(value) is None


_NAME_OF_ITS_OWN = late_pattern(r"(?:[A-Z][A-Z0-9]*_)+(?:PASS(?:WORD|WD)?|PWD?|SECRET|TOKEN|KEY)")
"""``MARIADB_PW`` and its like, which a script replaces."""
_OF_USER = late_pattern(r"(?i)access_?key$")
_SHORTEST_KEY = 12
"""An access key is the name of a user for many stores; generated ones are longer."""


_SWITCH = late_pattern(r"(?i)^--?(?:no|ask|prompt|skip|require|disable|enable|without|use|show|hide)[-_]")
"""Options that take no value."""
PUBLIC = frozenset((
    "application-credentials", "initial-cluster-token", "cluster-token-name", "token-name", "token-file", "secret-name",
))  # fmt: skip
"""Options whose value only names something; variables are called alike."""
_ENDS_OF_PUBLIC = tuple([f"-{name}" for name in PUBLIC])


def _is_public(name: str) -> bool:
    """``--initial-cluster-token``, ``ETCD_INITIAL_CLUSTER_TOKEN``."""
    return f"-{name}".lower().replace("_", "-").endswith(_ENDS_OF_PUBLIC)


def in_environment(unit: Unit, context: Context) -> Iterator[Hit]:
    """Placeholders, paths and switches are no secrets."""
    for line in unit.all(SECTION, "Environment"):
        for name, span in secrets_in(line):
            yield Hit(line, {"name": name}, span=span)
    for line in unit.all(SECTION, "SetCredential"):
        name, colon, value = line.value.partition(":")
        if colon and _NAME.search(name) and _is_secret(line, name, value):
            yield Hit(line, {"name": name}, span=(0, len(name)))


def in_mount_options(unit: Unit, _context: Context) -> Iterator[Hit]:
    """``password=…`` among the options of a mount, as cifs takes it."""
    line = unit.last("Mount", "Options")
    start = 0
    for option in [] if line is None else line.value.split(","):
        name, equals, value = option.partition("=")
        if line is not None and equals and _NAME.search(name.strip()) and _is_secret(line, name, value):
            yield Hit(line, {"name": name.strip()}, span=(start, start + len(name)))
        start += len(option) + 1


def secrets_in(line: Assignment) -> Iterator[tuple[str, tuple[int, int]]]:
    """The names of variables that are assigned a secret, each with the stretch up to its ``=``."""
    for name, value, word in variables_in(line.value):
        named = _NAME.search(name) is not None and not _is_public(name) and _is_secret(line, name, value)
        if named or _holds_password(value):
            yield name, (word.start, min(word.start + len(name) + 1, word.end))


def _holds_password(text: str) -> bool:
    return "://" in text and _IN_ADDRESS.search(text) is not None


def _names_a_secret(command: Command, option: str) -> bool:
    """``podman run --secret NAME``: the client looks the secret up by its name."""
    return option == "--secret" and program(command) in CONTAINER_CLIENTS


def on_command_line(unit: Unit, context: Context) -> Iterator[Hit]:
    """``--password=…``, ``--token …``, ``-e API_KEY=…``, and addresses with a password in them."""
    for line, command in commands(unit, context.release):
        words = command.words
        for at, word in enumerate(words):
            option, equals, value = word.text.partition("=")
            if _is_public(option) or _SWITCH.match(option) or _names_a_secret(command, option):
                continue
            if _OPTION.match(option):
                value = value if equals else words[at + 1].text if at + 1 < len(words) else ""
                if _is_secret(line, option, value):
                    yield Hit(line, {"option": option}, span=(word.start, word.start + len(option)))
            elif equals and _VARIABLE.match(option) and _NAME.search(option):
                if _is_secret(line, option, value):
                    yield Hit(line, {"option": option}, span=(word.start, word.start + len(option)))
            elif _holds_password(word.text):
                shown = word.text.partition("://")[0].rpartition("=")[2]
                yield Hit(line, {"option": f"an address ({shown}://…)"}, span=(word.start, word.start + 1))


_SPECIFIER = late_pattern(r"%(?:%|([hugUGs]))")
MEANING = {
    "h": "root's home, /root", "u": "root", "g": "root", "U": "0", "G": "0", "s": "root's shell",
}  # fmt: skip


def specifiers(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Every use in [Unit] and [Service] of a system service with User=."""
    user = other_user(unit)
    if user is None or user.directive != "User":
        return
    for (section, _), lines in unit.effective.items():
        for line in lines if section in ("Unit", "Service") else ():
            for found in _SPECIFIER.finditer(line.value) if "%" in line.value else ():
                if found[1]:
                    fields = {"specifier": found[0], "meaning": MEANING[found[1]], "user": user.value}
                    yield Hit(line, fields, ((user, "runs as this user"),), span=found.span())
