"""The manual page, unitlint(1), out of the command line: `python -m tools.site.man FILE`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.site.reference import Command, commands
from unitlint.base.version import __version__

DESCRIPTION = (
    "unitlint reads systemd units, drop-ins and confs as systemd does, release by release, merges drop-ins into the "
    "unit they change, and says what systemd will really do with each line. It needs no systemd and no root."
)
EXIT_STATUS = (
    ("0", "Nothing at or above the severity of --fail-on, which is warning by default."),
    ("1", "Findings."),
    ("2", "Wrong usage or settings, an unreadable file, or an internal error."),
)
ENVIRONMENT = (
    ("NO_COLOR, FORCE_COLOR", "Whether reports for people have colours, where --color does not say."),
    ("GITHUB_ACTIONS", "Makes --output-format auto write annotations."),
)
FILES = (
    (
        ".unitlint.toml, unitlint.toml, pyproject.toml, tox.ini, setup.cfg",
        "Settings, in [tool.unitlint] of pyproject.toml and in [unitlint] of ini files; the nearest file wins.",
    ),
)


def man_page() -> str:
    """unitlint(1) in the macros of man(7)."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f'.TH UNITLINT 1 "" "unitlint {_text(__version__)}" "User Commands"'
    yield from (".SH NAME", "unitlint \\- check systemd units, drop\\-ins and confs")
    yield ".SH SYNOPSIS"
    all_commands = list(commands())
    for command in all_commands:
        yield from (f".B unitlint {_text(command.name)}", "[options]", ".br")
    yield from (".SH DESCRIPTION", _text(DESCRIPTION))
    for command in all_commands:
        yield from _command(command)
    for title, entries in (("EXIT STATUS", EXIT_STATUS), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        yield f".SH {title}"
        for term, meaning in entries:
            yield from _entry(term, meaning)
    yield from (".SH SEE ALSO", ".BR systemd.unit (5),", ".BR systemd.syntax (7),", ".BR systemd\\-analyze (1)")
    yield from (".PP", "https://unitlint.readthedocs.io/")


def _command(command: Command) -> Iterator[str]:
    yield f".SH UNITLINT {_text(command.name.upper())}"
    yield _text(f"{command.summary[0].upper()}{command.summary[1:]}.")
    for title, options in command.groups:
        if title not in ("positional arguments", "options"):
            yield f'.SS "{_text(title[0].upper() + title[1:])}"'
        for forms, meaning in options:
            yield from _entry(forms, meaning)


def _entry(term: str, meaning: str) -> Iterator[str]:
    yield ".TP"
    yield f".B {_text(term)}"
    yield _text(meaning) if meaning else "\\&"


def _text(text: str) -> str:
    """Nothing in it is a request or an escape of roff; hyphens stay hyphens, for whoever copies an option."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    text = re.sub(r"[^\x20-\x7e]", lambda found: f"\\[u{ord(found[0]):04X}]", text)
    return f"\\&{text}" if text.startswith((".", "'")) else text


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(man_page(), encoding="ascii")
