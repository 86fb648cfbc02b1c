"""How often each rule had something to say, or how much there is to say of each file, most first."""

from __future__ import annotations

from collections import Counter

from unitlint.base.foreign_text import safe
from unitlint.base.json_text import json_of
from unitlint.report.summary import summary_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.engine.report import Report

JSON_VERSION = 1


def render(report: Report, by: str = "rule") -> str:
    """A table: count, code, ``[*]`` if fixable and name; or count and path, where ``by`` is ``file``."""
    counts = _counts(report, by)
    width = len(str(max(counts.values(), default=0)))
    lines = [f"{count:>{width}}  {_shown(key)}\n" for key, count in _ordered(counts)]
    return "".join(lines) + summary_line(report)


def render_json(report: Report, by: str = "rule") -> str:
    """``{"version": 1, "statistics": [{"code", "name", "fixable", "count"}]}``; by file ``{"path", "count"}``."""
    names = ("path",) if by == "file" else ("code", "name", "fixable")
    rows = [{**dict(zip(names, key, strict=True)), "count": count} for key, count in _ordered(_counts(report, by))]
    return json_of({"version": JSON_VERSION, "statistics": rows}, indent=2) + "\n"


def _counts(report: Report, by: str) -> Counter[tuple[str | bool, ...]]:
    if by == "file":
        return Counter((finding.path,) for finding in report.findings)
    return Counter((finding.code, finding.name, finding.fixable) for finding in report.findings)


def _ordered(counts: Counter[tuple[str | bool, ...]]) -> list[tuple[tuple[str | bool, ...], int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _shown(key: tuple[str | bool, ...]) -> str:
    if len(key) == 1:
        return safe(str(key[0]))
    code, name, is_fixable = key
    return f"{code} {'[*]' if is_fixable else '   '} {safe(str(name))}"
