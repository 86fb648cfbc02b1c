"""The names of all report formats, and where each is made."""

from __future__ import annotations

import os

from unitlint.base import late_imports

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from unitlint.engine.report import Report

HOMES = {
    "full": "full",
    "concise": "concise",
    "json": "json_format",
    "json-lines": "json_lines",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "checkstyle": "checkstyle",
    "rdjson": "rdjson",
    "sarif": "sarif",
    "azure": "azure",
}
"""Format to module of this folder."""
AUTO = "auto"
FORMATS = (*HOMES, AUTO)
FOR_PEOPLE = ("full", "concise")


def resolved(name: str) -> str:
    """``auto`` is github where GitHub Actions runs the program, else full."""
    if name != AUTO:
        return name
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "full"


def render(report: Report, name: str, *, color: bool = False, quiet: bool = False, verbose: bool = False) -> str:
    """The report in the format ``name``; color, quiet and verbose matter to those for people only."""
    name = resolved(name)
    module = late_imports.module(f"unitlint.report.{HOMES[name]}")
    if name == "full":
        text: str = module.render(report, color=color, quiet=quiet, verbose=verbose)
    elif name in FOR_PEOPLE:
        text = module.render(report, color=color, quiet=quiet)
    else:
        text = module.render(report)
    return text


def parts(report: Report, name: str) -> Iterable[str]:
    """The same for a format that programs read; those of long reports are made as they are written."""
    module = late_imports.module(f"unitlint.report.{HOMES[resolved(name)]}")
    made: Iterable[str] = module.parts(report) if hasattr(module, "parts") else (module.render(report),)
    return made
