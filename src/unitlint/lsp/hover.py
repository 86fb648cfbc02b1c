"""What is told of the place under the pointer: a directive, its value, a specifier, a finding."""

from __future__ import annotations

import re

from unitlint.catalogue import lookup
from unitlint.lsp import cursor as places
from unitlint.lsp.cursor import Cursor, cursor_at, name_end
from unitlint.lsp.directive_words import DEFAULTS, history, manual_link, takes
from unitlint.lsp.kinds import Kind, kind_of
from unitlint.lsp.reading import syntax_of
from unitlint.lsp.value_words import about_value
from unitlint.lsp.workspace import checked_path, real_path
from unitlint.units.merge import is_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.base.finding import Finding
    from unitlint.catalogue import CatalogueEntry
    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.session import Session
    from unitlint.syntax.document import Assignment

_SPECIFIER = re.compile(r"%(.)")


def hover(session: Session, parameters: dict[str, Any]) -> dict[str, Any] | None:
    """textDocument/hover; null where there is nothing to say."""
    document = session.document(parameters)
    offset = document.positions.offset(parameters["position"])
    parts: list[str] = []
    span: dict[str, Any] | None = None
    kind = kind_of(document)
    if kind is not None:
        parts, span = _about_place(session, document, kind, offset)
    findings = _findings_at(session, document, offset)
    parts += [why for finding in findings if (why := _why(session, document, finding))]
    if not parts:
        return None
    found: dict[str, Any] = {"contents": {"kind": "markdown", "value": "\n\n---\n\n".join(parts)}}
    return found if span is None else {**found, "range": span}


def _about_place(
    session: Session, document: TextDocument, kind: Kind, offset: int
) -> tuple[list[str], dict[str, Any] | None]:
    cursor = cursor_at(document, kind, offset)
    if cursor.where == places.DIRECTIVE and cursor.section is not None:
        return _about_name(session, document, kind, cursor)
    if cursor.where != places.VALUE:
        return [], None
    release = max(session.workspace.settings_of(document).systemd_version)
    specifier = _specifier_at(document, kind, cursor, release)
    if specifier is not None:
        return [specifier[0]], document.positions.range(*specifier[1])
    start, end = places.word_at(document, offset)
    said = about_value(kind, cursor, _value_at(document, cursor), document.text[start:end])
    return ([said], None) if said else ([], None)


def _about_name(
    session: Session, document: TextDocument, kind: Kind, cursor: Cursor
) -> tuple[list[str], dict[str, Any] | None]:
    end = name_end(document, cursor)
    name, section = document.text[cursor.start : end].strip(), cursor.section or ""
    entry = lookup(kind.catalogue_kind, section, name)
    if entry is None:
        return [], None
    parts = [about_directive(section, entry)]
    effective = effective_value(session, document, section, name)
    if effective:
        parts.append(effective)
    return parts, document.positions.range(cursor.start, end)


def about_directive(section: str, entry: CatalogueEntry) -> str:
    """A directive in Markdown: what it takes, its default, its history and its manual page."""
    name = entry["name"]
    lines = [f"**{name}=** in [{section}]", f"Takes {takes(entry)}."]
    words = [str(word) for word in entry.get("enum", ())]
    if words and len(words) <= 24:
        lines.append("One of " + ", ".join(f"`{word}`" for word in words) + ".")
    if entry.get("repeatable"):
        lines.append(
            "May be given several times" + ("; an empty value resets it." if entry.get("empty_resets") else ".")
        )
    if name in DEFAULTS:
        lines.append(f"Default: {DEFAULTS[name]}.")
    about = history(entry)
    if about:
        text = ", ".join(about)
        lines.append(f"{text[0].upper()}{text[1:]}.")
    manual = manual_link(entry)
    if manual:
        lines.append(manual)
    return "\n\n".join(lines)


def effective_value(session: Session, document: TextDocument, section: str, directive: str) -> str:
    """The value that holds after all drop-ins, with the file and line that it comes from; empty where there is none."""
    unit = session.workspace.unit(document)
    if unit is None:
        return ""
    holding = unit.all(section, directive)
    assigned = unit.assignments.get((section, directive), ())
    if not holding:
        return "Effective value: none; it was reset or is invalid." if assigned else ""
    lines = ["Effective value:"]
    shown = holding if is_list(unit.catalogue_kind, section, directive) else holding[-1:]
    lines += [f"- `{one.value or ' '}` from {place_of(session, document, one)}" for one in shown]
    held = {id(one) for one in shown}
    hidden = [one for one in assigned if id(one) not in held and one.value]
    lines += [f"- not `{one.value}` from {place_of(session, document, one)}" for one in hidden]
    return "\n".join(lines)


def place_of(session: Session, document: TextDocument, assignment: Assignment) -> str:
    """``10-memory.conf:2``, as a link where it is another file."""
    import os

    path = assignment.path
    name = os.path.basename(path)
    if path == real_path(document):
        return f"line {assignment.line}"
    folder = os.path.basename(os.path.dirname(path))
    shown = f"{folder}/{name}" if folder.endswith(".d") else name
    return f"[{shown}:{assignment.line}]({session.uri_at(path)}#L{assignment.line})"


def _value_at(document: TextDocument, cursor: Cursor) -> str:
    """The whole value around the cursor: of the assignment on its line."""
    syntax, positions = syntax_of(document), document.positions
    for assignment in syntax.assignments if syntax is not None else ():
        end = positions.system_offset(assignment.end_line + 1, 1)
        if positions.system_offset(assignment.line, 1) <= cursor.offset <= end and (
            assignment.directive == cursor.directive
        ):
            return assignment.value
    return cursor.before + document.text[cursor.offset : cursor.line_end]


def _specifier_at(
    document: TextDocument, kind: Kind, cursor: Cursor, release: int
) -> tuple[str, tuple[int, int]] | None:
    from unitlint.lsp.specifier_words import MEANINGS, value_of

    entry = lookup(kind.catalogue_kind, cursor.section or "", cursor.directive) or {}
    if entry.get("specifiers", "none") == "none":
        return None
    for found in _SPECIFIER.finditer(document.text, cursor.start, cursor.line_end):
        if found.start() <= cursor.offset < found.end() and found[1] in MEANINGS:
            value = value_of(found[1], kind.name, release, where=str(entry["specifiers"]))
            says = f"**%{found[1]}** stands for {MEANINGS[found[1]]}."
            return (says if value is None else f"{says}\n\nHere: `{value or ' '}`"), found.span()
    return None


def _findings_at(session: Session, document: TextDocument, offset: int) -> list[Finding]:
    if not session.workspace.is_checked(document):
        return []
    path, positions = checked_path(document), document.positions
    found = []
    for finding in session.workspace.report(document).findings:
        if finding.path == path:
            start = positions.system_offset(finding.line, finding.column)
            end = positions.system_offset(finding.end_line, finding.end_column)
            if start <= offset <= max(end, start):
                found.append(finding)
    return found


def _why(session: Session, document: TextDocument, finding: Finding) -> str:
    rules = session.workspace.report(document).rules
    rule = next((rule for rule in rules if rule.code == finding.code), None)
    if rule is None:
        return ""
    title = f"[{finding.code}]({finding.url})" if finding.url else finding.code
    return f"**{title} {finding.name}**\n\n{rule.details.why.strip()}"
