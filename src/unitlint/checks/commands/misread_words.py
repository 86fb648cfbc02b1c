"""Words that systemd reads otherwise than a shell would, in commands and in lists (systemd.service(5))."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.service import DIRECTORIES, runs_shell, takes_script
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands, names_paths_only, program
from unitlint.units.unit import Unit
from unitlint.values.words import split_words

ASSIGNMENT = late_pattern(r"(?s)[A-Za-z_][A-Za-z0-9_]*=.*")
BUILT_INS = {
    "source": "it reads a script into the shell", ".": "it reads a script into the shell",
    "cd": "the change ends with that process", "export": "it sets a variable of the shell",
    "ulimit": "it sets a limit of the shell", "umask": "it sets the mask of the shell",
    **dict.fromkeys(
        ("alias", "eval", "set", "unset", "trap", "wait", "if", "for", "while", "until"), "only shells have it"
    ),
}  # fmt: skip
INSTEAD = {
    "source": "use EnvironmentFile= for plain NAME=VALUE lines, or run `/bin/sh -c '. FILE; exec PROGRAM'`",
    ".": "use EnvironmentFile= for plain NAME=VALUE lines, or run `/bin/sh -c '. FILE; exec PROGRAM'`",
    "cd": "write WorkingDirectory=",
    "export": "write Environment=NAME=VALUE",
    "ulimit": "write LimitNOFILE= or another Limit…=",
    "umask": "write UMask=",
}
PATH_LISTS = (
    "ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths", "ReadWriteDirectories", "ReadOnlyDirectories",
    "InaccessibleDirectories", "ExecPaths", "NoExecPaths", "BindPaths", "BindReadOnlyPaths", "ExecSearchPath",
)  # fmt: skip
OF_CONFS = (("Time", "NTP"), ("Time", "FallbackNTP"), ("Resolve", "Domains"), ("Login", "KillOnlyUsers"),
            ("Login", "KillExcludeUsers"))  # fmt: skip
ONE_PATH = ("WorkingDirectory", "RootDirectory", "RootImage", "PIDFile", "TTYPath")
_TESTED = ("PathExists", "PathIsDirectory", "PathIsSymbolicLink", "PathIsMountPoint", "PathIsReadWrite",
           "PathIsEncrypted", "DirectoryNotEmpty", "FileNotEmpty", "FileIsExecutable")  # fmt: skip
TESTS = tuple(f"{kind}{tested}" for kind in ("Condition", "Assert") for tested in _TESTED)
"""Directives of [Unit] that take one path, behind | and !."""
WATCHED = ("PathExists", "PathChanged", "PathModified", "DirectoryNotEmpty")
GLOBS = {"ConditionPathExists": "ConditionPathExistsGlob", "AssertPathExists": "AssertPathExistsGlob",
         "PathExists": "PathExistsGlob"}  # fmt: skip
"""What takes wildcards in place of what does not."""
_WITH_ARGUMENT = late_pattern(r"/\S+ +-{0,2}\w")
_FURTHER_PATH = late_pattern(r",[-+!]*/")
_QUOTED = late_pattern(r"\"[^\"]*\"|'[^']*'|\"$|'$")
_PATTERN = late_pattern(r"[*?]|\[[^\[\]]+\]|\{[^{},]*,[^{}]*\}")


def shell_word(unit: Unit, context: Context) -> Iterator[Hit]:
    """A built-in of the shell in place of a program."""
    if names_paths_only(unit):
        return
    for line, command in commands(unit, context.release):
        reason = BUILT_INS.get(command.path)
        if reason is not None and not command.via_shell:
            fields = {"word": command.path, "reason": reason}
            span = (command.path_start, command.path_end)
            yield Hit(line, fields, span=span, suggestion=INSTEAD.get(command.path))


def assignment_first(unit: Unit, context: Context) -> Iterator[Hit]:
    """``PORT=80 /usr/bin/app``: systemd looks for a program of that name."""
    for line, command in commands(unit, context.release):
        if command.via_shell or "=" not in command.path:
            continue
        if ASSIGNMENT.fullmatch(command.path) and "/" not in command.path.partition("=")[0]:
            hint = f"Write Environment={command.path} and start the command with the program."
            yield Hit(line, {"word": command.path}, span=(command.path_start, command.path_end), suggestion=hint)


OWN_SEMICOLONS = frozenset((
    "nft", "awk", "gawk", "mawk", "sed", "jq", "psql", "mysql", "mariadb", "sqlite3", "tmux", "ffmpeg",
    "gst-launch-1.0", "vtysh", "perl", "python", "python3", "ruby", "lua", "find",
))  # fmt: skip
"""Programs to which a semicolon says something, so that no shell is meant."""
NOTHING_ELSE = late_pattern(r"[\w.-]+")
"""A word before a semicolon that is no option or list with its value."""


def joined_semicolon(unit: Unit, context: Context) -> Iterator[Hit]:
    """``/usr/bin/a; /usr/bin/b``: the semicolon belongs to the word before it, and there is only one command."""
    for line, command in commands(unit, context.release):
        if command.via_shell or runs_shell(command) or program(command) in OWN_SEMICOLONS:
            continue
        ends = [(command.path_start, command.path_end), *((word.start, word.end) for word in command.words)]
        for at, (start, end) in enumerate(ends):
            raw = line.value[start:end]
            if raw[-1:] == ";" and raw[:1] not in "\"'" and raw[-2:-1] != "\\" and (at + 1 < len(ends) or at == 0):
                yield Hit(line, {"word": raw}, span=(start, end))
                break
            before, middle, after = raw.partition(";")
            is_path = raw[:1] == "/" or (at > 0 and NOTHING_ELSE.fullmatch(before) is not None)
            if middle and is_path and after[:1] == "/" and before:
                yield Hit(line, {"word": raw}, span=(start, end))
                break


def nested_quotes(unit: Unit, context: Context) -> Iterator[Hit]:
    """``sh -c 'echo 'a b''``: the inner quotes end the script, and its rest becomes arguments of the shell.

    A script that ends with its quote is whole: no blank stands between the inner quotes.
    """
    for line, command in commands(unit, context.release):
        if len(command.words) < 3 or command.via_shell or not runs_shell(command):
            continue
        at = next((at for at, word in enumerate(command.words) if takes_script(word.text)), None)
        if at is None or at + 2 >= len(command.words):
            continue
        script = command.words[at + 1]
        raw = line.value[script.start : script.end]
        quote = raw[:1]
        if quote in ("'", '"') and raw[-1] != quote and quote in raw[1:-1] and not _is_escaped(raw):
            yield Hit(line, {"rest": command.words[at + 2].text[:30]}, span=(script.start, script.end))


def _is_escaped(raw: str) -> bool:
    """Whether each inner quote has a backslash before it."""
    quote = raw[0]
    return all(raw[at - 1] == "\\" for at in range(1, len(raw) - 1) if raw[at] == quote)


def whole_line_quoted(unit: Unit, context: Context) -> Iterator[Hit]:
    """``"/usr/bin/app --port 80"`` in quotes is the name of a program with blanks in it."""
    for line, command in commands(unit, context.release):
        raw = line.value[command.path_start : command.path_end]
        if raw[:1] in ("'", '"') and _WITH_ARGUMENT.match(command.path) and not command.words:
            yield Hit(line, {"word": command.path[:60]}, span=(command.path_start, command.path_end))


def comma_in_list(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Commas between the words of a list that blanks separate; names of hosts and users hold no semicolons either."""
    for directive in (*PATH_LISTS, *DIRECTORIES):
        for line in unit.all("Service", directive):
            for word in split_words(line.value):
                raw = line.value[word.start : word.end]
                if raw[:1] not in "\"'" and (raw[-1:] == "," or _FURTHER_PATH.search(raw)):
                    yield _comma(line, raw, word.start, word.end)
                    break
    for section, directive in OF_CONFS:
        for line in unit.all(section, directive):
            found = next((word for word in split_words(line.value) if "," in word.text or ";" in word.text), None)
            if found is not None:
                yield _comma(line, found.text, found.start, found.end)
    for line in unit.all("Service", "SupplementaryGroups"):
        if "," in line.value and line.value[:1] not in "\"'":
            yield _comma(line, line.value, 0, len(line.value))
    for line in unit.all("Service", "Environment"):
        for word, following in pairwise(split_words(line.value)):
            raw = line.value[word.start : word.end]
            if raw[-1:] == "," and raw[:1] not in "\"'" and ASSIGNMENT.fullmatch(following.text):
                yield _comma(line, raw, word.start, word.end)
                break


def _comma(line: Assignment, word: str, start: int, end: int) -> Hit:
    """The help is the line as it should be, unless that is long or has commas of which some may be meant."""
    written = " ".join(line.value.replace(",", " ").replace(";", " ").split())
    is_clear = len(written) <= LONGEST_SHOWN and not any(mark in line.value for mark in "\"'=")
    hint = f"Write `{line.directive}={written}`." if is_clear else None
    return Hit(line, {"word": word}, span=(start, end), suggestion=hint)


LONGEST_SHOWN = 80


def pattern_in_path(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Wildcards and braces in directives that take paths as they are written."""
    for directive in (*PATH_LISTS, *ONE_PATH, "LoadCredential"):
        for line in unit.all("Service", directive):
            for word in split_words(line.value):
                found = _PATTERN.search(word.text)
                if found is not None and "/" in word.text:
                    yield Hit(line, {"word": word.text, "pattern": found[0]}, span=(word.start, word.end))
                    break
    for line in (*_lines(unit, "Unit", TESTS), *_lines(unit, "Path", WATCHED)):
        found = _PATTERN.search(line.value)
        if found is not None:
            glob = GLOBS.get(line.directive)
            hint = f"Write {glob}={line.value}." if glob and found[0][0] != "{" else None
            yield Hit(line, {"word": line.value, "pattern": found[0]}, suggestion=hint)


def quotes_in_path(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Quotes in a directive that takes one path: they are part of it."""
    for line in _single_paths(unit):
        if line.value.lstrip("-|! ")[:1] == "/" and _QUOTED.search(line.value):
            plain = line.value.replace('"', "").replace("'", "")
            yield Hit(line, {}, suggestion=f"Write {line.directive}={plain}; spaces need no quotes here.")


_BLANK = late_pattern(r",\s+|(?<!\s)\s+,|^[^=\"\s]+\s+[^=\"\s]")


def space_in_options(unit: Unit, _context: Context) -> Iterator[Hit]:
    """``Options=rw, noatime``: mount(8) gets one text, in which only commas separate."""
    for section in ("Mount", "Swap"):
        line = unit.last(section, "Options")
        found = None if line is None else _BLANK.search(line.value)
        if line is not None and found is not None:
            written = ",".join(line.value.replace(",", " ").split())
            yield Hit(line, {}, span=found.span(), suggestion=f"Write `Options={written}`.")


_FURTHER = late_pattern(r"(?:(?<![ \t])[ \t]+|[,;:][ \t]*)-?/")
"""What stands between two paths that were to be a list; a colon is in few names of files."""


def several_paths(unit: Unit, _context: Context) -> Iterator[Hit]:
    """``EnvironmentFile=/a /b``: one path with a blank in it, to systemd."""
    for line in _single_paths(unit):
        value = line.value
        if value.lstrip("-|! ")[:1] == "/" and _QUOTED.search(value) is None and _FURTHER.search(value):
            is_single = line.directive in ONE_PATH
            hint = f"Keep one path: {line.directive}= takes no list." if is_single else None
            yield Hit(line, {}, suggestion=hint)


def _single_paths(unit: Unit) -> Iterator[Assignment]:
    """The lines that take one path each."""
    yield from (line for directive in ONE_PATH if (line := unit.last("Service", directive)) is not None)
    yield from _lines(unit, "Service", ("EnvironmentFile",))
    yield from _lines(unit, "Unit", TESTS)
    yield from _lines(unit, "Path", WATCHED)


def _lines(unit: Unit, section: str, directives: tuple[str, ...]) -> list[Assignment]:
    return [line for directive in directives for line in unit.all(section, directive)]
