"""A report without what stands on lines that nobody touched."""

from __future__ import annotations

from unitlint.changes.git import lines_of
from unitlint.syntax.lines import split_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from unitlint.changes.git import Repository
    from unitlint.engine.report import Report


def only_changed(report: Report, repositories: Iterable[Repository]) -> Report:
    """The findings that stand on a changed line, or have to do with one."""
    known: dict[str, tuple[tuple[tuple[int, int], ...], list[str] | None]] = {}

    def changed(path: str, first: int, last: int) -> bool:
        if path not in known:
            known[path] = lines_of(repositories, path), _unusual_lines(report.sources.get(path, ""))
        lines, text = known[path]
        if text is not None:
            first, last = (1 + "".join(text[: number - 1]).count("\n") for number in (first, last))
        return any(start <= last and first <= end for start, end in lines)

    left = [
        finding
        for finding in report.findings
        if changed(finding.path, finding.line, finding.end_line)
        or any(changed(other.path, other.line, other.line) for other in finding.related)
    ]
    return report._replace(findings=tuple(left))


def _unusual_lines(text: str) -> list[str] | None:
    """The lines of a text in which systemd sees more line ends than git, which knows ``\\n`` only."""
    return split_lines(text) if "\r" in text.replace("\r\n", "\n") or "\0" in text else None
