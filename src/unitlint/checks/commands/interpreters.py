"""Programs of the root directory that the kernel cannot run (execve(2))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.commands.programs import programs
from unitlint.checks.commands.root_files import HEAD, Shebang, is_text, loader, shebang
from unitlint.checks.commands.root_tree import SECTION, is_bound, is_run_time
from unitlint.files.root_tree import find
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.root_tree import RootTree

NO_SUCH_FILE = '203/EXEC, "No such file or directory"'


def missing(unit: Unit, context: Context) -> Iterator[Hit]:
    """The interpreter of a script, the program that its ``env`` looks for, or the loader of a binary."""
    root = context.root
    for assignment, command, place in programs(unit, context):
        head = root.head(place, HEAD)
        script = shebang(head)
        if script is None:
            name = loader(head)
            problem = None if name is None or _is_there(unit, root, name) else f"needs the loader {name}"
        else:
            problem = _without_interpreter(unit, root, script)
        if problem is not None:
            outcome = "status=127" if script is not None and _is_env(script) else NO_SUCH_FILE
            fields = {"path": command.path, "problem": problem, "outcome": outcome}
            yield Hit(assignment, fields, span=(command.path_start, command.path_end))


def _without_interpreter(unit: Unit, root: RootTree, script: Shebang) -> str | None:
    if not script.interpreter or script.crlf:
        return None  # carriage-return-in-script and script-without-interpreter speak of these
    if not _is_there(unit, root, script.interpreter):
        return f"is run by {script.interpreter}"
    if not _is_env(script) or not script.argument or _sets_path(unit):
        return None
    name = _looked_up_by_env(script.argument)
    if name is None or ("/" in name and not name.startswith("/")):
        return None
    return None if find(root, name) is not None else f"is run by `env {script.argument}`"


def _is_env(script: Shebang) -> bool:
    return script.interpreter.rpartition("/")[2] == "env"


def _looked_up_by_env(argument: str) -> str | None:
    """What env runs: without -S all of the argument is one word, which the kernel does not split."""
    if not argument.startswith("-"):
        return argument
    if not argument.startswith(("-S", "--split-string")):
        return None
    words = argument.removeprefix("-S").removeprefix("--split-string").lstrip("= ").split()
    return next((word for word in words if "=" not in word and not word.startswith("-")), None)


def _sets_path(unit: Unit) -> bool:
    if unit.all(SECTION, "EnvironmentFile") or unit.all(SECTION, "PassEnvironment"):
        return True
    return any("PATH=" in line.value for line in unit.all(SECTION, "Environment"))


def _is_there(unit: Unit, root: RootTree, path: str) -> bool:
    return is_run_time(path) or is_bound(unit, path) or root.resolve(path) is not None


def line_end(unit: Unit, context: Context) -> Iterator[Hit]:
    """A carriage return at the end of the first line, which is a part of the interpreter's name."""
    for assignment, command, place in programs(unit, context):
        script = shebang(context.root.head(place, HEAD))
        if script is not None and script.crlf:
            yield Hit(assignment, {"path": command.path}, span=(command.path_start, command.path_end))


def none_named(unit: Unit, context: Context) -> Iterator[Hit]:
    """A text that names no interpreter; a shell would run it, the kernel does not."""
    for assignment, command, place in programs(unit, context):
        status = context.root.status(place)
        head = context.root.head(place, HEAD)
        script = shebang(head)
        empty = status is not None and status.st_size == 0
        if empty or (head and is_text(head)) or (script is not None and not script.interpreter):
            what = "is empty" if empty else "does not begin with #! and an interpreter"
            yield Hit(assignment, {"path": command.path, "what": what}, span=(command.path_start, command.path_end))
