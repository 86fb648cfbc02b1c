"""What several predicates ask of a service."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from unitlint.base.late_patterns import late_pattern
from unitlint.syntax.document import Assignment
from unitlint.units.commands import program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, size, timespan
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from typing import TypeVar

    from unitlint.rules.model import Context
    from unitlint.values.exec_line import Command
    from unitlint.values.words import Word

    _Kept = TypeVar("_Kept")

DIRECTORIES = ("RuntimeDirectory", "StateDirectory", "CacheDirectory", "LogsDirectory", "ConfigurationDirectory")
"""Directives that have systemd make directories for the unit."""
INIT_SCRIPTS = ("/etc/init.d/", "/etc/rc.d/")
"""Directories of the scripts of System V init."""
CONTAINER_CLIENTS = ("docker", "podman", "nerdctl", "docker-compose", "podman-compose")
"""Programs that have an engine run containers."""
LIMITS = ("MemoryMax", "MemoryLimit")
CGROUP_SECTIONS = ("Service", "Slice", "Scope", "Socket", "Mount", "Swap")
_LIMITS = {section.lower(): [(section, directive) for directive in LIMITS] for section in CGROUP_SECTIONS}
"""By the type of unit."""


def memory_limit(unit: Unit, units: object = None) -> Assignment | None:
    """The assignment that bounds the unit's memory, its own or that of a slice above it."""
    found = unit_memory_limit(unit)
    if found is not None or not hasattr(units, "get"):
        return found
    name = unit.value("Service", "Slice")
    while name.endswith(".slice") and name != "-.slice":
        above: Unit | None = units.get(name)
        if above is not None:
            found = unit_memory_limit(above)
            if found is not None:
                return found
        stem, dash, _ = name[: -len(".slice")].rpartition("-")
        name = f"{stem}.slice" if dash else ""
    return None


def unit_memory_limit(unit: Unit) -> Assignment | None:
    """MemoryMax= (or the older MemoryLimit=) of the unit itself, if it bounds anything."""
    effective = unit.effective
    for key in _LIMITS.get(unit.type, ()):
        found = effective.get(key)
        if found and size(found[-1].value) != INFINITY:
            return found[-1]
    return None


LASTING_TYPES = ("simple", "exec", "notify", "notify-reload", "forking")
"""Types whose main process is meant to go on running; dbus is left out, the bus starts such a service again."""
NOTIFY_TYPES = ("notify", "notify-reload")
SHELLS = frozenset(("sh", "bash", "dash", "ash", "ksh", "zsh", "busybox"))


SESSION_TARGETS = frozenset((
    "graphical-session.target", "graphical-session-pre.target", "xdg-desktop-autostart.target",
))  # fmt: skip


def is_whole(unit: Unit) -> bool:
    """True where all of the unit is known, so that something can be called missing."""
    return unit.has_fragment and not unit.masked


def is_lasting(unit: Unit, context: Context) -> bool:
    """True for a service whose main process goes on running."""
    return bool(unit.all("Service", "ExecStart")) and service_type(unit, context.release) in LASTING_TYPES


def is_early(unit: Unit) -> bool:
    """True for the work of early boot and of the initrd, which is not looked after like a daemon."""
    return unit.is_off("Unit", "DefaultDependencies")


def is_of_session(unit: Unit) -> bool:
    """True for a unit of user managers, by its folder or by a target of graphical sessions, which only they have.

    What is to stop with default.target is one as well: that of the system is never stopped by that name.
    """
    if unit.scope == "user":
        return True
    for line in unit.all("Install", "WantedBy"):
        if not SESSION_TARGETS.isdisjoint(line.value.split()):
            return True
    for line in (*unit.all("Unit", "PartOf"), *unit.all("Unit", "Requisite")):
        words = line.value.split()
        if "default.target" in words or not SESSION_TARGETS.isdisjoint(words):
            return True
    return False


def restarts(unit: Unit) -> bool:
    """True where Restart= is anything but no."""
    return unit.value("Service", "Restart", "no") != "no"


DEFAULT_TIMEOUT = 90_000_000
"""Microseconds that a start or stop may take where nothing is set (systemd-system.conf(5): DefaultTimeoutStartSec=)."""


def endless(assignment: Assignment | None) -> bool:
    """True for a timeout of 0 or infinity, which is never."""
    return assignment is not None and timespan(assignment.value) in (0, INFINITY)


def deciding(unit: Unit, directive: str) -> Assignment | None:
    """The line that sets a timeout: TimeoutSec= sets both of them, and the later of two lines wins."""
    both = unit.last("Service", "TimeoutSec")
    one = unit.last("Service", directive)
    if both is None or one is None:
        return one or both
    documents = [id(document) for document in unit.documents]
    return max(one, both, key=lambda line: (documents.index(id(line.document)), line.line))


_STARTING_SCRIPTS = SHELLS | {"env"}


def takes_script(word: str) -> bool:
    """True of ``-c``, ``-lc`` and the like, behind which a shell is given its script."""
    letters = word[1:]
    return word[:1] == "-" and letters[-1:] == "c" and letters.isascii() and letters.isalpha() and letters.islower()


def script_of(command: Command) -> str | None:
    """The script of ``sh -c '…'``, also behind ``env``; None for everything else."""
    if program(command) not in _STARTING_SCRIPTS:
        return None
    for word, after in pairwise(command.words):
        if takes_script(word.text):
            return after.text
    return None


def runs_shell(command: Command) -> bool:
    """True for ``sh -c …`` and its like, also behind a program that starts it."""
    if command.via_shell:
        return True
    texts = [word.text for word in command.words]
    if not [text for text in texts if takes_script(text)]:
        return False
    names = [program(command), *[text.rpartition("/")[2] for text in texts]]
    return not SHELLS.isdisjoint(names)


def found_once(unit: Unit, key: Hashable, find: Callable[[], Iterable[_Kept]]) -> Iterable[_Kept]:
    """What ``find`` finds in the unit, kept under ``key`` for all the rules that ask.

    Of a template it is looked for each time, as far as it is asked for: nobody is to look at more than it takes.
    """
    if unit.looks is not None:
        return find()
    if key not in unit.memo:
        unit.memo[key] = list(find())
    found: list[_Kept] = unit.memo[key]
    return found


@lru_cache(maxsize=256)
def variables_in(text: str) -> tuple[tuple[str, str, Word], ...]:
    """What a value of Environment= sets: the name, the value, and the word that does."""
    found = []
    for word in split_words(text):
        name, equals, value = word.text.partition("=")
        if equals:
            found.append((name, value, word))
    return tuple(found)


_COMMAND_END = late_pattern(r"[;&|\n(){}`]|\b(?:then|do|else|while|until|if|elif)\b")
_MEANT_TO_FAIL = late_pattern(r"^\s*(?:!\s|(?:test|\[{1,2})\s+!\s|stat\s)")


def is_meant_to_fail(before: str) -> bool:
    """Whether a path behind this part of a script need not be there: ``! touch``, ``test ! -e``, ``stat``."""
    return _MEANT_TO_FAIL.search(_COMMAND_END.split(before)[-1]) is not None
