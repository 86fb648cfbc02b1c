"""What the text formats share: colours, harmless output, and the line at the end."""

from __future__ import annotations

import re
from collections import Counter

from unitlint.finding import Finding, Report

RED, YELLOW, BLUE, CYAN, BOLD, DIM, STRUCK, PLAIN = (
    f"\x1b[{code}m" for code in ("31;1", "33;1", "34;1", "36", "1", "2", "9", "0")
)
SEVERITY_COLOR = {"error": RED, "warning": YELLOW, "info": BLUE}
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_INVALID_BYTE = re.compile("[\udc80-\udcff]")


def harmless(text: str) -> str:
    """The text with control characters and invalid bytes spelled out, so that no file can steer a terminal."""
    if text.isascii() and text.isprintable():
        return text
    text = _INVALID_BYTE.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02x}", text)
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}" if ord(found[0]) < 256 else f"\\u{ord(found[0]):04x}", text)


def paint(text: str, color: str, *, on: bool) -> str:
    """The text in a colour, where colours are on."""
    return f"{color}{text}{PLAIN}" if on else text


def closing_line(report: Report) -> str:
    """How many findings of which severity, in how many files."""
    files = f"{report.files} file{'s' * (report.files != 1)}"
    if not report.findings:
        return f"All clear: {files} checked.\n" if report.files else "No unit files found.\n"
    counted = Counter(finding.severity for finding in report.findings)
    parts = [
        f"{counted[severity]} {word}{'s' * (counted[severity] != 1 and severity != 'info')}"
        for severity, word in (("error", "error"), ("warning", "warning"), ("info", "info"))
        if counted[severity]
    ]
    number = len(report.findings)
    line = f"Found {number} finding{'s' * (number != 1)} ({', '.join(parts)}) in {files}.\n"
    fixable = sum(finding.fixable for finding in report.findings)
    return line + (f"[*] {fixable} fixable with `--fix`.\n" if fixable else "")


def head(finding: Finding, *, color: bool) -> str:
    """``UL301 [*] warning: message``."""
    mark = paint(" [*]", CYAN, on=color) if finding.fixable else ""
    severity = paint(finding.severity, SEVERITY_COLOR[finding.severity], on=color)
    return f"{paint(finding.code, BOLD, on=color)}{mark} {severity}: {harmless(finding.message)}"
