"""Commands written as for a shell, or as for a terminal (systemd.service(5), Command lines)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.service import SHELLS, runs_shell, script_of
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands, program
from unitlint.units.unit import Unit
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.exec_line import Command

DIRECTIVES = ("ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost")
JOINS = {
    "|": "a pipe", "||": "an alternative", "&&": "a condition", ";;": "an end of a case",
}  # fmt: skip
REDIRECTION = late_pattern(r"[0-9&]?(?:>>?|<)(?:&[0-9-]|[/$%].*)?")
SUBSTITUTION = late_pattern(r"`[^`]+`|(?:^|=)`[a-z_/][^`]*$|\$\((?:[^)$]|\$(?!\())+\)|(?<![$\\])\$\([a-z_/][^)]*$")
GLOBBED = late_pattern(r"/[^*?]*[*?]")
JAR = late_pattern(r"/[^*?]*[*?][^*?]*\.jar")
HOME = late_pattern(r"(?:--?[\w-]+=)?~/")
BRACES = late_pattern(r"\{[^{}\s,]*,[^{}\s]*\}")
TAKE_SCRIPTS = frozenset((
    "ssh", "su", "runuser", "watch", "xargs", "find", "parallel", "script", "tmux", "screen", "awk", "gawk", "mawk",
    "perl", "python", "python3", "ruby", "node", "php", "lua", "tclsh", "expect", "make", "jq", "sed", "psql", "mysql",
    "mariadb", "sqlite3", "docker", "podman", "nsenter", "chroot", "kubectl", "lxc-attach", "env", "autossh", "at",
    "batch", "entr", "flock", "socat", "ncat", "swayidle", "watchexec", "xautolock", "xidlehook", "xterm", "lftp",
))  # fmt: skip
"""Programs that interpret a text themselves, or hand it to a shell elsewhere."""
CLIENTS = ("docker", "podman", "nerdctl")
VALUES = frozenset((
    "-v", "--volume", "--mount", "-e", "--env", "--env-file", "-p", "--publish", "--name", "-u", "--user", "-w",
    "--workdir", "--hostname", "--add-host", "--ip",
))  # fmt: skip
"""Options of clients of containers whose value no shell in the container sees."""
TAKE_PATHS = frozenset((
    "rm", "ls", "cat", "cp", "mv", "chmod", "chown", "chgrp", "touch", "tar", "gzip", "gunzip", "ln", "install",
    "mkdir", "rmdir", "head", "tail", "wc", "sed", "grep", "insmod", "modprobe",
))  # fmt: skip
"""Programs that leave wildcards in paths to the shell."""
DETACHING = {
    "nohup": "a service has no terminal to survive",
    "setsid": "systemd already starts a session for it",
    "daemonize": "systemd no longer tracks the process",
    "disown": "it is a word of the shell, not a program",
}
TERMINALS = ("screen", "tmux")
WAITS = ("forking", "oneshot")
"""Types in which the end of a command that forks is no end of the service."""


def shell_syntax(unit: Unit, context: Context) -> Iterator[Hit]:
    """What only a shell understands, in a command that no shell runs; one finding a command."""
    for line, command in commands(unit, context.release, *DIRECTIVES):
        name = program(command)
        if name in SHELLS or command.via_shell:
            continue
        before = ""
        for word in command.words:
            raw = line.value[word.start : word.end]
            what = _meaning(raw, name)
            if what is None and ("`" in word.text or "$(" in word.text) and SUBSTITUTION.search(word.text):
                is_value = name in CLIENTS and (before in VALUES or word.text.partition("=")[0] in VALUES)
                if is_value or (name not in TAKE_SCRIPTS and not runs_shell(command)):
                    what = "the output of a command"
            before = word.text
            if what is not None:
                fields = {"what": what, "word": raw, "program": name}
                yield Hit(line, fields, span=(word.start, word.end))
                break


def shell_syntax_in_container(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Exec= of a Quadlet: podman hands the words to the container's entry point."""
    for line in unit.all("Container", "Exec"):
        words = split_words(line.value)
        if any(word.text.rpartition("/")[2] in SHELLS for word in words) or unit.all("Container", "Entrypoint"):
            continue
        for word in words:
            raw = line.value[word.start : word.end]
            is_redirection = raw[:1] in "0123456789&<>" and REDIRECTION.fullmatch(raw)
            what = JOINS.get(raw) or ("a redirection" if is_redirection else None)
            if what is not None:
                fields = {"what": what, "word": raw, "program": "the container's program"}
                yield Hit(line, fields, span=(word.start, word.end), suggestion=INSIDE)
                break


INSIDE = "Put the line into `Exec=/bin/sh -c '…'`, if the image has a shell."


def detached(unit: Unit, context: Context) -> Iterator[Hit]:
    """A command that is sent to the background, where systemd cannot look after it."""
    kind = unit.value("Service", "Type")
    for line, command in commands(unit, context.release, "ExecStart"):
        name = program(command)
        in_terminal = name in TERMINALS and kind not in WAITS and any(word.text[:2] == "-d" for word in command.words)
        if name in DETACHING or in_terminal:
            reason = DETACHING.get(name, "systemd watches the multiplexer, not the program in it")
            yield Hit(line, {"what": name, "reason": reason}, span=(command.path_start, command.path_end))
        elif command.words and command.words[-1].text == "&" and name not in SHELLS:
            last = command.words[-1]
            fields = {"what": "&", "reason": f"no shell interprets it; {name} gets it as an argument"}
            yield Hit(line, fields, span=(last.start, last.end))
        elif name in SHELLS and kind not in WAITS and _ends_at_once(command) and not _keeps_children(unit):
            yield Hit(line, {"what": "&", "reason": LEFT_BEHIND})


LEFT_BEHIND = "the shell ends at once, and systemd kills what it left running"
_IN_BACKGROUND = late_pattern(r"[^&]&\s*$")
_WAITS = late_pattern(r"\bwait\b")


def _ends_at_once(command: Command) -> bool:
    """True of ``sh -c 'program &'``, which waits for nothing."""
    script = script_of(command) or ""
    return _IN_BACKGROUND.search(script) is not None and _WAITS.search(script) is None


def _keeps_children(unit: Unit) -> bool:
    """Whether the service goes on without its main process, or what that leaves is not killed."""
    return (
        unit.is_on("Service", "RemainAfterExit")
        or unit.value("Service", "KillMode") in ("process", "none")
        or unit.value("Service", "ExitType") == "cgroup"
    )


def _meaning(raw: str, name: str) -> str | None:
    """What a shell would make of a word as it is written; None for an ordinary one."""
    if raw in JOINS:
        return JOINS[raw]
    if raw[:1] in "\"'":
        return None
    if raw[:1] in "0123456789&<>" and REDIRECTION.fullmatch(raw):
        return "a redirection"
    if "~/" in raw and HOME.match(raw):
        return "a home directory"
    if name in TAKE_PATHS and GLOBBED.match(raw):
        return "a pattern for files"
    if name == "java" and JAR.fullmatch(raw):
        return "a pattern for files"
    if name in TAKE_PATHS and _is_path_with_braces(raw):
        return "several words"
    return None


def _is_path_with_braces(raw: str) -> bool:
    """True for ``/a/{b,c}``, unless a variable stands before the braces."""
    found = BRACES.search(raw, raw.find("/") + 1) if "/" in raw else None
    return found is not None and "$" not in raw[: found.start()]
