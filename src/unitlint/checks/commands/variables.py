"""Variables in command lines and in settings, as systemd expands them (env-util.c: replace_env_argv, replace_env)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.commands.environment_files import NAME, variables_of_files
from unitlint.checks.service import found_once, runs_shell, variables_in
from unitlint.files.beside import drop_in_to_be, names_drop_in
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands
from unitlint.units.unit import Unit
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.exec_line import Command
    from unitlint.values.words import Word

_BRACED = late_pattern(r"(?<!\$)(\$+)\{([^{}]*)\}")
_OPEN = late_pattern(r"(?:^|[^$])(\$\{[A-Za-z_]\w*[-:#%/^,@+=?][^}]*)$")
"""An expansion with a blank in it, at which systemd divides it into words."""
_LEADING = late_pattern(r"\$[^${(`]")
_IN_VALUE = late_pattern(
    r"(?:^|[\s:/=,;])(\$(?:\{[A-Za-z_][A-Za-z0-9_]*\}|[A-Z_][A-Z0-9_]+)|\$\([a-z_/][^)]*\)?|`[a-z_/][^`]*`?)"
)
_IN_PATH = late_pattern(r"(?a)\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)")
_SET_IN_SCRIPT = late_pattern(
    r"(?:^|[\s;&|(`{])(?:(?:for|local|export|declare|typeset)\s+)?([A-Za-z_]\w*)(?==|\s+in\b)"
)
_READ_IN_SCRIPT = late_pattern(r"\b(?:read(?:\s+-\w+)*|getopts\s+\S+)\s+([A-Za-z_][\w ]*)")
_IN_MANAGER = late_pattern(r"\b(?:set|import)-environment\s+([^;&|]*)")
SET_BY_SYSTEMD = late_pattern(
    r"PATH|LANG|LC_\w+|LANGUAGE|TZ|USER|LOGNAME|HOME|SHELL|TERM|COLORTERM|NO_COLOR|INVOCATION_ID|XDG_\w+|MAINPID"
    r"|MANAGERPID(?:FDID)?|SYSTEMD_\w+|LISTEN_\w+|NOTIFY_SOCKET|WATCHDOG_\w+|JOURNAL_STREAM|LOG_NAMESPACE"
    r"|SERVICE_RESULT|EXIT_(?:CODE|STATUS)|MONITOR_\w+|PIDFILE|REMOTE_(?:ADDR|PORT)|SO_COOKIE|TRIGGER_\w+|FDSTORE"
    r"|MEMORY_PRESSURE_\w+|DEBUG_INVOCATION|(?:RUNTIME|STATE|CACHE|LOGS|CONFIGURATION|CREDENTIALS)_DIRECTORY|DBUS_\w+"
)
"""Variables that the manager itself may set (systemd.exec(5), Environment Variables in Spawned Processes)."""
_OPTIONAL = late_pattern(r"(?i)(?:OPT(?:ION)?S?|ARG(?:UMENT)?S?|FLAGS?|PARAM(?:ETER)?S?|EXTRA\w*)$")
PATHS = (
    "User", "Group", "SupplementaryGroups",
    "WorkingDirectory", "RootDirectory", "RootImage", "PIDFile", "ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths",
    "ExecPaths", "NoExecPaths", "BindPaths", "BindReadOnlyPaths", "TemporaryFileSystem", "EnvironmentFile",
    "StandardInput", "StandardOutput", "StandardError", "LoadCredential", "ExecSearchPath", "TTYPath",
    "RuntimeDirectory", "StateDirectory", "CacheDirectory", "LogsDirectory", "ConfigurationDirectory",
)  # fmt: skip


RELATIVE = ("Directory", "PIDFile", "User", "Group", "Groups")
"""Ends of the names of those that need not begin with a slash."""


def as_program(unit: Unit, context: Context) -> Iterator[Hit]:
    """``$JAVA`` or ``/opt/${APP}/run`` in place of the program, which systemd never expands.

    A relative path with a variable is refused already; that is the grammar's to say.
    """
    for line, command in commands(unit, context.release):
        found = _IN_PATH.search(command.path) if "$" in command.path else None
        if found is not None and (command.path.startswith("/") or "/" not in command.path):
            yield Hit(line, {"variable": found[0]}, span=(command.path_start, command.path_end))


def shell_expansion(unit: Unit, context: Context) -> Iterator[Hit]:
    """``${X:-y}``, ``${X%y}`` and the like: those with a colon stay as they are, others become an empty text.

    What stays as it is, a shell expands later.
    """
    for line, _, word, is_script in expanded_words(unit, context):
        for found in _braced(word.text):
            if NAME.fullmatch(found[2]):
                continue
            is_kept = ":" in found[2]
            if is_kept and is_script:
                continue
            fate = "passes it on unchanged" if is_kept else "replaces it with an empty text"
            yield Hit(line, {"word": found[0], "fate": fate}, span=(word.start, word.end))
            break
        else:
            cut = None if is_script else _OPEN.search(word.text)
            if cut is not None:
                fate = "splits it at the space and passes on the parts"
                yield Hit(line, {"word": cut[1], "fate": fate}, span=(word.start, word.end))


def dropped_word(unit: Unit, context: Context) -> Iterator[Hit]:
    """``$DIR/file``: a word that begins with ``$`` is one variable name to its end, and is not there."""
    for line, _, word, is_script in expanded_words(unit, context):
        if word.text[0] == "$" and _LEADING.match(word.text) and not NAME.fullmatch(word.text[1:]):
            name = NAME.match(word.text[1:])
            shown = word.text if len(word.text) <= 40 else word.text[:39] + "…"
            better = word.text if name is None else f"${{{name[0]}}}{word.text[1 + len(name[0]) :]}"
            if name is not None or not is_script:
                yield Hit(line, {"word": shown}, span=(word.start, word.end), suggestion=f"Write `{better[:60]}`.")


def never_set(unit: Unit, context: Context) -> Iterator[Hit]:
    """A variable that no line of the unit sets; silent where a file, PAM or the user's session may set it.

    So may ``app.service.conf`` beside the unit, which packages of Gentoo install as a drop-in of app.service.
    """
    if not unit.has_fragment or unit.masked or unit.scope == "user":
        return
    if any(unit.all("Service", name) for name in ("EnvironmentFile", "PAMName")):
        return
    known: set[str] | None = None
    told: set[str] = set()
    for line, command, word, is_script in expanded_words(unit, context):
        if _may_be_left_out(word, command):
            continue
        for name in names_expanded(word.text):
            if known is None:
                known = {*names_set(unit), *_set_in_manager(unit)}
            if name in known or name in told or SET_BY_SYSTEMD.fullmatch(name):
                continue
            if is_script and name in _set_in(word.text):
                continue
            if not told and (names_drop_in(line.document.text, unit.name) or drop_in_to_be(unit.path, name)):
                return
            told.add(name)
            yield Hit(line, {"name": name}, span=(word.start, word.end))


def _set_in_manager(unit: Unit) -> Iterator[str]:
    """Variables that a command of the unit gives to all services: ``systemctl set-environment NAME=…``."""
    for line in unit.all("Service", "ExecStartPre"):
        if "-environment" in line.value:
            yield from (found for part in _IN_MANAGER.findall(line.value) for found in NAME.findall(part))


def _may_be_left_out(word: Word, command: Command) -> bool:
    """``$OPTIONS`` as a word of its own: many packages leave it for others to set, and nothing is lost without it."""
    if not NAME.fullmatch(word.text[1:]):
        return False
    at = bisect_left(command.words, word.start, key=_start)
    before = command.words[at - 1].text if at else ""
    wants_value = before.startswith("-") and "=" not in before
    return not wants_value or _OPTIONAL.search(word.text) is not None


def _start(word: Word) -> int:
    return word.start


def variable_for_shell(unit: Unit, context: Context) -> Iterator[Hit]:
    """``${x}`` in a script of ``sh -c`` that sets x itself: systemd expands it before the shell runs."""
    known = set(names_set(unit))
    for line, _, word, is_script in expanded_words(unit, context):
        if not is_script:
            continue
        set_there = _set_in(word.text)
        for found in _braced(word.text):
            name = found[2]
            if name in set_there and name not in known:
                advice = f"Double the dollar sign: `$${{{name}}}` reaches the shell as `${{{name}}}`."
                yield Hit(line, {"name": name}, span=(word.start, word.end), suggestion=advice)
                break


def several_words_in_braces(unit: Unit, context: Context) -> Iterator[Hit]:
    """``${OPTS}`` for a variable with several options: braces make one argument of it."""
    values: dict[str, tuple[str, Place]] = {name: (value, line) for name, value, line in _variables(unit)}
    values.update((name, (value, place)) for name, value, place in variables_of_files(unit, context))
    for line, _, word, _ in expanded_words(unit, context):
        found = _BRACED.fullmatch(word.text)
        if found is None or len(found[1]) != 1 or found[2] not in values:
            continue
        value, place = values[found[2]]
        if re.match(r"-\S+\s+\S|\S+\s+--?[A-Za-z]", value):
            related = ((place, "the variable is set here"),)
            yield Hit(
                line, {"name": found[2]}, related, span=(word.start, word.end), suggestion=f"Write `${found[2]}`."
            )


def in_environment(unit: Unit, _context: Context) -> Iterator[Hit]:
    """``PATH=$PATH:/opt/bin``: Environment= expands specifiers, but no variables."""
    for line in unit.all("Service", "Environment"):
        for name, value, word in variables_in(line.value):
            found = _IN_VALUE.search(value)
            if found is not None and NAME.fullmatch(name):
                yield Hit(line, {"name": name, "variable": found[1]}, span=(word.start, word.end))


def in_path(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A variable in a directive that takes paths; relative ones are refused or ignored already."""
    for directive in PATHS:
        for line in unit.all("Service", directive):
            for word in split_words(line.value):
                found = _IN_PATH.search(word.text)
                bare = word.text.lstrip("-+!:").removeprefix("append:").removeprefix("file:").removeprefix("truncate:")
                if found is not None and (bare.startswith("/") or directive.endswith(RELATIVE)):
                    hint = OF_NAMES if directive in NAMES else None
                    yield Hit(line, {"variable": found[0]}, span=(word.start, word.end), suggestion=hint)


NAMES = ("User", "Group", "SupplementaryGroups")
OF_NAMES = "Write the name itself, or %i if it is the instance of a template."


def names_set(unit: Unit) -> Iterator[str]:
    """The variables that Environment= and PassEnvironment= set."""
    yield from (name for name, _, _ in _variables(unit))
    for line in unit.all("Service", "PassEnvironment"):
        yield from line.value.split()


def _variables(unit: Unit) -> Iterator[tuple[str, str, Assignment]]:
    for line in unit.all("Service", "Environment"):
        for name, value, _ in variables_in(line.value):
            yield name, value, line


def expanded_words(unit: Unit, context: Context) -> Iterable[tuple[Assignment, Command, Word, bool]]:
    """The arguments in which systemd expands variables, each with whether a shell reads the command."""
    return found_once(unit, ("expanded words", context.release), lambda: _expanded_words(unit, context))


def _expanded_words(unit: Unit, context: Context) -> Iterator[tuple[Assignment, Command, Word, bool]]:
    for line, command in commands(unit, context.release):
        if "$" not in line.value or ":" in command.prefixes:
            continue
        words = [word for word in command.words if "$" in word.text]
        if words:
            is_script = runs_shell(command)
            for word in words:
                yield line, command, word, is_script


def _braced(text: str) -> list[re.Match[str]]:
    """Every ``${…}`` that is not escaped by a second dollar sign."""
    return [found for found in _BRACED.finditer(text) if len(found[1]) % 2 == 1] if "${" in text else []


def names_expanded(text: str) -> Iterator[str]:
    """The variables that systemd looks up for one argument."""
    if text[:1] == "$" and NAME.fullmatch(text[1:]):
        yield text[1:]
    yield from (found[2] for found in _braced(text) if NAME.fullmatch(found[2]))


def _set_in(script: str) -> set[str]:
    found = {match[1] for match in _SET_IN_SCRIPT.finditer(script)}
    return found.union(*(match[1].split() for match in _READ_IN_SCRIPT.finditer(script)))
