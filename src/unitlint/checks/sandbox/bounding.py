"""UL461 and UL462: bounding sets that give a service nothing, or take away what it needs (capabilities(7))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.sandbox.capabilities import AMBIENT, BOUNDING, capability_set
from unitlint.checks.sandbox.facts import SECTION, called
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands
from unitlint.units.service import other_user
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment
    from unitlint.values.exec_line import Command

FEW = 3
"""So many capabilities in a bounding set are a choice of what the service needs, more are a hardened default."""
FOR_OTHERS = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_AUDIT_WRITE", "CAP_SYS_RESOURCE", "CAP_DAC_READ_SEARCH")
"""Capabilities by which set-user-ID programs and helpers that a service starts do their work."""
CHANGES_USER = ("sudo", "su", "runuser", "doas", "pkexec", "gosu", "su-exec", "setuidgid")
_IN_SCRIPT = late_pattern(r"(?:^|[;&|({]\s*|\b(?:exec|then|do|else)\s+)(?:/usr)?(?:/s?bin/)?(sudo|su|runuser|gosu)\s")
NEEDED = ("CAP_SETUID", "CAP_SETGID")


def not_passed_on(unit: Unit, context: Context) -> Iterator[Hit]:
    """A short list of capabilities for a process that is not root, and that AmbientCapabilities= does not give it.

    Silent where a command keeps root's privileges, or where the list is that of programs with file capabilities.
    """
    user, listed = other_user(unit), bounding_list(unit, context.release)
    if user is None or listed is None or unit.all(SECTION, AMBIENT) or unit.all(SECTION, "PAMName"):
        return
    line, names = listed
    if len(names) > FEW or names & set(FOR_OTHERS):
        return
    if any(set("+!") & set(command.prefixes) for _, command in commands(unit, context.release, "ExecStart")):
        return
    if unit.has_fragment and unit.all(SECTION, "ExecStart"):
        fields = {"capability": " ".join(sorted(names)), "user": user.value}
        yield Hit(line, fields, ((user, "not root"),), suggestion=f"Write {AMBIENT}={' '.join(sorted(names))} as well.")


def bounding_list(unit: Unit, release: int) -> tuple[Assignment, frozenset[str]] | None:
    """The last line of a bounding set that names what is kept, with the names; None without one or with ``~``."""
    lines = [line for line in unit.all(SECTION, BOUNDING) if line.value]
    names = capability_set(unit, BOUNDING, release)
    if not lines or not names or any(line.value.startswith("~") for line in lines):
        return None
    return lines[-1], names


def changes_user_without_right(unit: Unit, context: Context) -> Iterator[Hit]:
    """``sudo`` and its like where the bounding set lacks CAP_SETUID or CAP_SETGID; none binds a command with ``+``."""
    names = capability_set(unit, BOUNDING, context.release)
    lines = unit.assignments.get((SECTION, BOUNDING), ())
    lacking = [] if names is None or not lines else [name for name in NEEDED if name not in names]
    for line, command in commands(unit, context.release) if lacking else ():
        program = None if "+" in command.prefixes else user_changer(command)
        if program is not None:
            related: tuple[tuple[Place, str], ...] = ((line, f"runs {program}"),)
            yield Hit(lines[-1], {"program": program, "lacking": " and ".join(lacking)}, related)
            return


def user_changer(command: Command) -> str | None:
    """The program by which a command runs something as another user, be it in a script of a shell."""
    name = called(command)[0]
    if name in CHANGES_USER:
        return name
    return next((str(found[1]) for word in command.words if (found := _IN_SCRIPT.search(word.text))), None)
