"""What stands in environment files of a root directory, or beside the unit in a repository.

env-file.c: load_env_file; systemd.exec(5), EnvironmentFile=.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.checks.service import found_once, variables_in
from unitlint.files.beside import environment_file
from unitlint.rules.model import Context, Hit, Place, line_place
from unitlint.syntax.document import Assignment, Document
from unitlint.syntax.reader import decode
from unitlint.units.unit import Unit

NAME = late_pattern(r"[A-Za-z_][A-Za-z0-9_]*")
"""The name of a variable."""
MOST_BYTES = 100_000
_VARIABLE = late_pattern(
    r"(?a)(?:^|[\s:/=,;\"])(\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)|\$\((?:[^)$]|\$(?!\())*\)|`[^`]+`)"
)
"""Of substitutions in each other the innermost, so that the work grows with the length."""
_EXPANDED = late_pattern(r"(?a)\$\{?([A-Za-z_]\w*)")
_OPTIONS = late_pattern(r"DAEMON\w*|(?!JAVA|JVM|CATALINA|NODE|LD)\w*(?:ARG|OPT|OPTION|FLAG|PARAM|PARAMETER)S?")
"""Names under which init scripts keep the arguments of their daemon."""
_COMMENT = late_pattern(r"\s(#(?:\s|[a-zA-Z]{2}[^\s#]*(?:\s|$)).*)")
"""A number sign behind a blank, with a word behind it."""
_COLOUR = late_pattern(r"#[0-9a-fA-F]{3,8}(?![\w-])")
_WILDCARDS = set("*?[")
_OF_TEMPLATES = (b"{%", b"<%", b"{{#", b"{{-")


class Line(NamedTuple):
    """A logical line: ``name`` is what stands before ``=`` (None without one), ``value`` has no outer quotes."""

    number: int
    name: str | None
    value: str
    quote: str
    text: str


def ignored_line(unit: Unit, context: Context) -> Iterator[Hit]:
    """Lines that set nothing: shell code, ``export``, and names that no variable can have."""
    for document, related in _files(unit, context):
        for line in lines_of(document.text):
            why = _why_ignored(line)
            if why is not None:
                yield Hit(line_place(document, line.number), {"text": _short(line.text), "why": why}, related)


def comment_in_value(unit: Unit, context: Context) -> Iterator[Hit]:
    """``PORT=80 # http``: a comment begins in front of a line only (env-file.c: parse_env_file_internal)."""
    for document, related in _files(unit, context):
        for line in lines_of(document.text):
            value = line.text.partition("=")[2].strip()
            is_quoted = line.quote and (value.count(line.quote) == 1 or value.endswith(line.quote))
            found = None if line.name is None or is_quoted else _COMMENT.search(value)
            if found is not None and not _COLOUR.match(found[1]):
                yield Hit(line_place(document, line.number), {"name": line.name, "comment": _short(found[1])}, related)


def variable_in_value(unit: Unit, context: Context) -> Iterator[Hit]:
    """``PATH=$PATH:/opt/bin``: nothing is expanded in an environment file; single quotes tell that this is known.

    Silent for options of an init script with which the unit shares the file.
    """
    for document, related in _files(unit, context):
        lines = list(lines_of(document.text))
        used = {line.name for line in lines} & _variables_of_commands(unit)
        for line in lines:
            if used and line.name not in used and _OPTIONS.fullmatch(line.name or ""):
                continue
            found = _VARIABLE.search(line.value) if line.name is not None and line.quote != "'" else None
            if found is not None and NAME.fullmatch(line.name or ""):
                fields = {"name": line.name, "variable": _short(found[1])}
                yield Hit(line_place(document, line.number), fields, related)


def _variables_of_commands(unit: Unit) -> set[str]:
    """The variables that the commands of the unit expand."""
    lines = (found for (_, directive), found in unit.assignments.items() if directive.startswith("Exec"))
    return {name for line in chain.from_iterable(lines) for name in _EXPANDED.findall(line.value)}


_SCRIPT = late_pattern(
    r"(?:/etc/profile|/etc/profile\.d/[^/]*|/\.(?:bashrc|bash_profile|profile|zshrc|zprofile|zshenv)|/bin/activate"
    r"|\.(?:sh|bash|zsh))$"
)
_OF_VARIABLES = late_pattern(r"(?i)env|var|conf|setting|default|option|propert|/etc/sysconfig/")


def named_like_script(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A name that shells read; ``envs/app.sh`` and ``conf.sh`` may well hold nothing but assignments."""
    for line in unit.all("Service", "EnvironmentFile"):
        if _SCRIPT.search(line.value) and not (line.value.endswith("sh") and _OF_VARIABLES.search(line.value)):
            yield Hit(line, {"item": line.value.removeprefix("-")})


def variables_of_files(unit: Unit, context: Context) -> Iterator[tuple[str, str, Place]]:
    """Name, value and place of each variable that the environment files in sight set."""
    for document, _ in _files(unit, context):
        for line in lines_of(document.text):
            if line.name is not None:
                yield line.name, line.value, line_place(document, line.number)


def overridden(unit: Unit, context: Context) -> Iterator[Hit]:
    """Variables of a drop-in that an environment file of the unit sets to something else (systemd.exec(5)).

    In one and the same file Environment= holds the defaults, so only a later one was meant to win.
    """
    drop_ins = [line for line in unit.all("Service", "Environment") if line.document is not unit.documents[0]]
    if not drop_ins or not unit.has_fragment:
        return
    in_files: dict[str, tuple[str, Place, Assignment]] = {}
    for document, assignment in files_in_sight(unit, context):
        for entry in lines_of(document.text):
            if entry.name is not None and NAME.fullmatch(entry.name):
                in_files[entry.name] = entry.value, line_place(document, entry.number), assignment
    order = [id(document) for document in unit.documents]
    for line in drop_ins if in_files else ():
        for name, value, word in variables_in(line.value):
            wins = in_files.get(name)
            if wins is None or wins[0] == value:
                continue
            if order.index(id(wins[2].document)) < order.index(id(line.document)):
                fields = {"name": name, "file": wins[2].value.removeprefix("-")}
                yield Hit(line, fields, ((wins[1], "this wins"),), span=(word.start, word.end))


def _why_ignored(line: Line) -> str | None:
    if line.name is None:
        return "it is not an assignment NAME=VALUE"
    if NAME.fullmatch(line.name):
        return None
    if line.name.startswith("export ") and NAME.fullmatch(line.name[7:].strip()):
        return "`export` belongs to shells"
    return f"`{_short(line.name)}` cannot be the name of a variable"


def _short(text: str) -> str:
    return text if len(text) <= 50 else text[:49] + "…"


def _files(unit: Unit, context: Context) -> Iterator[tuple[Document, tuple[tuple[Place, str], ...]]]:
    """The environment files of the unit in the tree or beside it, each with a word on where it will be."""
    for document, assignment in files_in_sight(unit, context):
        yield document, ((assignment, "the unit reads the file under this name"),) if context.root is None else ()


def files_in_sight(unit: Unit, context: Context) -> Iterable[tuple[Document, Assignment]]:
    """The environment files in sight, each with the line that names it, looked for once for all the rules that ask."""
    return found_once(unit, ("environment files", context.root), lambda: _find_files(unit, context))


def _find_files(unit: Unit, context: Context) -> Iterator[tuple[Document, Assignment]]:
    for assignment in unit.all("Service", "EnvironmentFile"):
        path = assignment.value.removeprefix("-")
        if not path.startswith("/") or "%" in path or not _WILDCARDS.isdisjoint(path):
            continue
        if context.root is None:
            found = environment_file(unit.path, path, MOST_BYTES)
        else:
            real = context.root.resolve(path)
            found = None if real is None else (context.root.as_given(real), context.root.head(path, MOST_BYTES))
        if found is None or not found[1] or b"\0" in found[1]:
            continue
        if context.root is None and any(mark in found[1] for mark in _OF_TEMPLATES):
            continue
        yield Document(found[0], decode(found[1])), assignment


def lines_of(text: str) -> Iterator[Line]:
    """The logical lines of an environment file: quotes may hold line ends, a backslash continues a line.

    Comments (``#`` and ``;`` in front) and empty lines are left out.
    """
    at, number, size = 0, 1, len(text)
    while at < size:
        stop, quote, first = _end_of_line(text, at)
        raw = text[at:stop]
        bare = raw.strip()
        if bare and bare[0] not in "#;":
            name, equals, value = bare.partition("=")
            value = value.strip()
            yield Line(
                number,
                name.strip() if equals else None,
                value[1:-1] if first and value[-1:] == first and len(value) > 1 else value,
                quote,
                bare.splitlines()[0],
            )
        number += raw.count("\n") + 1
        at = stop + 1


def _end_of_line(text: str, at: int) -> tuple[int, str, str]:
    """Where the logical line ends, the quote around its whole value if there is one, and the value's first quote."""
    stop = text.find("\n", at)
    stop = len(text) if stop < 0 else stop
    head = text[at:stop].lstrip()
    if head[:1] in ("#", ";"):
        return stop, "", ""
    equals = text.find("=", at, stop)
    if equals < 0:
        return stop, "", ""
    position, open_quote, first = equals + 1, "", ""
    while position < len(text):
        char = text[position]
        if char == "\\" and open_quote != "'":
            position += 2
            continue
        if open_quote:
            open_quote = "" if char == open_quote else open_quote
        elif char in "\"'":
            open_quote = char
            first = first or (char if not text[equals + 1 : position].strip() else "")
        elif char == "\n":
            return position, first, first
        position += 1
    return len(text), first, first
