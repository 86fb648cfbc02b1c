"""SARIF 2.1.0, the format of code scanning services."""

from __future__ import annotations

import os

from unitlint.base.plain_text import plain
from unitlint.base.version import __version__
from unitlint.engine.dispatch import in_order
from unitlint.engine.fingerprint import fingerprints
from unitlint.report.edited_places import Places
from unitlint.report.json_parts import ITEMS, json_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.base.finding import Finding, Suppressed
    from unitlint.engine.report import Report
    from unitlint.rules.model import Rule

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "unitlintFinding/v1"

Object = dict[str, object]


def render(report: Report) -> str:
    """One run; relative paths stay relative, columns count code points, and every finding's rule is described."""
    return "".join(parts(report))


def parts(report: Report) -> Iterator[str]:
    """The same, part by part."""
    suppressed = {one.finding: one for one in report.suppressed}
    whole = report._replace(findings=tuple(sorted((*report.findings, *suppressed), key=in_order)))
    codes = sorted({finding.code for finding in whole.findings})
    known = {rule.code: rule for rule in report.rules}
    examples = {finding.code: finding for finding in whole.findings}
    texts = Places(report.sources)
    run: Object = {
        "tool": {
            "driver": {
                "name": "unitlint",
                "version": __version__,
                "informationUri": "https://github.com/unitlint/unitlint",
                "rules": [_rule(known.get(code), examples[code]) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": ITEMS,
    }
    results = (
        _result(finding, codes.index(finding.code), mark)
        | _fixes(finding, texts)
        | _suppressions(suppressed.get(finding), is_any=bool(suppressed))
        for finding, mark in fingerprints(whole)
    )
    return json_parts({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, results)


def _rule(rule: Rule | None, example: Finding) -> Object:
    """The description of a rule; of one that is not at hand, what its findings tell."""
    found: Object = {"id": example.code, "name": example.name}
    if example.url:
        found["helpUri"] = example.url
    if rule is None:
        return found
    text = f"{rule.details.why}\n\n{rule.details.how_to_fix}"
    return found | {
        "shortDescription": {"text": rule.name.replace("-", " ")},
        "fullDescription": {"text": " ".join(rule.details.why.split())},
        "help": {"text": text, "markdown": f"{rule.details.why}\n\n**How to fix:** {rule.details.how_to_fix}"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.category], "precision": PRECISIONS[rule.confidence]},
    }


PRECISIONS = {"high": "very-high", "medium": "high", "low": "medium"}


def _invocation(report: Report) -> Object:
    notes = [{"level": "error", "message": {"text": plain(message)}} for message in report.errors]
    found: Object = {"executionSuccessful": not report.errors}
    return found | {"toolExecutionNotifications": notes} if notes else found


def _result(finding: Finding, index: int, mark: str) -> Object:
    end_column = finding.end_column
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": end_column,
    }
    found: Object = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": plain(finding.message)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(finding.path)}, "region": region}}],
        "partialFingerprints": {FINGERPRINT: mark},
    }
    if finding.related:
        found["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": {
                    "artifactLocation": {"uri": uri(one.path)},
                    "region": {"startLine": one.line, "startColumn": one.column},
                },
                "message": {"text": plain(one.message)},
            }
            for number, one in enumerate(finding.related, 1)
        ]
    return found


def _suppressions(suppressed: Suppressed | None, *, is_any: bool) -> Object:
    """Where one result of a run has suppressions, all results say whether they have some (SARIF 2.1.0, 3.27.23)."""
    if suppressed is None:
        return {"suppressions": []} if is_any else {}
    found: Object = {"kind": suppressed.by}
    if suppressed.reason:
        found["justification"] = plain(suppressed.reason)
    return {"suppressions": [found]}


def _fixes(finding: Finding, texts: Places) -> Object:
    if finding.fix is None:
        return {}
    replacements = []
    for edit in finding.fix.edits:
        line, column, end_line, end_column = texts.of_edit(finding.path, edit)
        region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
        replacements.append({"deletedRegion": region, "insertedContent": {"text": plain(edit.new)}})
    change = {"artifactLocation": {"uri": uri(finding.path)}, "replacements": replacements}
    return {"fixes": [{"description": {"text": plain(finding.fix.says)}, "artifactChanges": [change]}]}


def uri(path: str) -> str:
    """A relative reference for a relative path, ``file:///…`` for an absolute one (RFC 3986)."""
    from urllib.parse import quote

    relative = path.replace(os.sep, "/").removeprefix("./")
    escaped = quote(relative.encode("utf-8", "surrogateescape"), safe="/@!$&'()*+,;=~")
    return f"file://{escaped}" if relative.startswith("/") else escaped
