"""The renderers against readable snapshots; `UPDATE_SNAPSHOTS=1 pytest tests/report` writes them anew."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from unitlint.base.finding import Finding, Related
from unitlint.base.json_rows import text_of
from unitlint.engine.report import Report
from unitlint.report import concise, full, json_format, rule_page, statistics
from unitlint.report.show import render_unit
from unitlint.rules.model import Rule, RuleDetails
from unitlint.syntax.reader import decode, read
from unitlint.units.merge import build_unit

SNAPSHOTS = Path(__file__).parent / "snapshots"

BASE = "[Unit]\nDescription=Web\n\n[Service]\nExecStart=/usr/bin/web\nMemoryMax=1G\n"
DROP_IN = "[Service]\n# more room\nMemoryHigh=2G\n\tEnvironment=NAME=日本語 COLOR=réd\n"
BROKEN = b"[Service]\nDescription=a\xff\x1b[31mb \\\n  second line\nNice=5\n"


def finding(path: str, line: int, column: int, end_line: int, end_column: int, **fields: object) -> Finding:
    values: dict[str, object] = {
        "code": "UL301",
        "name": "missing-memory-max",
        "severity": "warning",
        "confidence": "high",
        "effect": None,
        "message": "something is wrong",
        "unit": "web.service",
        "section": "Service",
        "directive": "MemoryHigh",
        "related": (),
        "fixable": False,
        "url": "",
        **fields,
    }
    return Finding(path=path, line=line, column=column, end_line=end_line, end_column=end_column, **values)  # type: ignore[arg-type]


def report() -> Report:
    drop_in = "web.service.d/limits.conf"
    findings = (
        finding("web.service", 6, 11, 6, 13, severity="info", message="in the last line"),
        finding(
            drop_in, 3, 12, 3, 14, code="UL303", name="memory-high-above-max", fixable=True, severity="error",
            message="MemoryHigh=2G can never be reached", help="Lower it below MemoryMax=.",
            related=(Related("web.service", 6, 1, "because of this line"),),
            url="https://unitlint.readthedocs.io/rules/UL303-memory-high-above-max",
        ),
        finding(drop_in, 4, 19, 4, 22, message="wide characters keep the caret in place"),
        finding(drop_in, 4, 23, 4, 32, message="and so do tabs"),
        finding("bro\udcffken.service", 2, 1, 3, 14, message="invalid byte \udcff and escape \x1b[31m"),
    )  # fmt: skip
    texts = {"web.service": BASE, drop_in: DROP_IN, "bro\udcffken.service": decode(BROKEN)}
    return Report(findings, 12, 10, ("gone.service: vanished while it was read",), (), texts)


def rule() -> Rule:
    details = RuleDetails(
        message="MemoryHigh={value} is above MemoryMax=", why="The kernel kills before it throttles.\n",
        how_to_fix="Lower MemoryHigh=.\n", references=("systemd.resource-control(5)",), options={"margin": 10},
        title="MemoryHigh= is not below MemoryMax=",
    )  # fmt: skip
    return Rule(
        code="UL303", name="memory-high-above-max", category="memory", severity="warning", confidence="high",
        profile="default", applies_to=("service", "slice"), since=231, until=None,
        directives=("Service.MemoryHigh",), kept_details=text_of(tuple(details)),
    )  # fmt: skip


def web_unit(color: bool) -> str:
    fragment = read("[Unit]\nDescription=Web\n[Service]\nExecStart=/bin/a\nNice=5\nFrobnicate=1\n", "web.service")
    drop_in = read("[Service]\nExecStart=\nExecStart=/bin/b\nNice=7\n", "web.service.d/x.conf")
    return render_unit(build_unit("web.service", "web.service", fragment, [drop_in]), color=color)


RENDERED = {
    "full.txt": lambda: full.render(report()),
    "full-color.txt": lambda: full.render(report(), color=True),
    "concise.txt": lambda: concise.render(report()),
    "report.json": lambda: json_format.render(report()),
    "statistics.txt": lambda: statistics.render(report()),
    "rule.txt": lambda: rule_page.render_rule(rule()),
    "rule.json": lambda: rule_page.render_rule(rule(), "json"),
    "rules.txt": lambda: rule_page.render_rules([rule()]),
    "show.txt": lambda: web_unit(color=False),
    "show-color.txt": lambda: web_unit(color=True),
}


@pytest.mark.parametrize("name", RENDERED)
def test_what_is_printed_is_what_the_snapshot_holds(name: str) -> None:
    text = RENDERED[name]()
    path = SNAPSHOTS / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_json_has_exactly_the_keys_of_the_contract() -> None:
    whole = json.loads(json_format.render(report()))
    assert list(whole) == ["version", "findings", "summary"]
    assert whole["version"] == 1
    assert list(whole["findings"][1]) == [
        "code", "name", "severity", "confidence", "effect", "message", "path", "line", "column", "end_line",
        "end_column", "unit", "section", "directive", "related", "fixable", "url", "help", "fix",
        "why_unfixable",
    ]  # fmt: skip
    assert whole["findings"][1]["related"] == [
        {"path": "web.service", "line": 6, "column": 1, "message": "because of this line"}
    ]


def test_a_stretch_of_several_lines_is_underlined_up_to_the_end_of_each() -> None:
    text = "[Service]\nExecStart=/bin/x \\\n  --first   \n"
    only = Report((finding("x.service", 2, 11, 3, 10),), 1, 1, (), (), {"x.service": text})
    lines = full.render(only).splitlines()
    at = next(number for number, line in enumerate(lines) if "/bin/x" in line)
    assert lines[at : at + 4] == [
        "2 | ExecStart=/bin/x \\",
        "  |           ^^^^^^^^",
        "3 |   --first",
        "  |   ^^^^^^^",
    ]


@pytest.mark.parametrize(
    ("fragment", "drop_in", "remarks"),
    [
        ("[Service]\nExecStart=/bin/a\n", "", ["", "   (empty: hides files of this name in other directories)"]),
        ("[Service]\nExecStart=/bin/a\n", "[Service]\nNice=1\n", ["", ""]),
        (None, "", ["   (empty: hides files of this name in other directories)"]),
    ],
)
def test_empty_drop_ins_are_remarked_upon(fragment: str | None, drop_in: str, remarks: list[str]) -> None:
    first = None if fragment is None else read(fragment, "web.service")
    unit = build_unit("web.service", "web.service", first, [read(drop_in, "web.service.d/x.conf")])
    shown = [line for line in render_unit(unit, color=False).splitlines() if line.startswith("#   ")]
    assert shown == [f"#   {document.path}{remark}" for document, remark in zip(unit.documents, remarks, strict=True)]


@pytest.mark.parametrize("place", [(1, 1, 1, 1), (9, 9, 9, 9), (1, 500, 1, 600), (2, 3, 90, 1), (1, 5, 1, 2)])
def test_a_span_outside_the_file_is_still_printed(place: tuple[int, int, int, int]) -> None:
    only = Report((finding("x.service", *place),), 1, 1, (), (), {"x.service": "[Service]\nNice=1\n"})
    assert "something is wrong" in full.render(only)


def test_a_finding_without_its_source_is_still_printed() -> None:
    assert "--> x.service:3:1" in full.render(Report((finding("x.service", 3, 1, 3, 4),), 1, 1))


def test_a_very_long_line_is_shown_in_part_with_the_caret_in_place() -> None:
    line = "ExecStart=/bin/x " + "a" * 1_000_000 + " BAD " + "b" * 1_000_000
    column = line.index("BAD") + 1
    only = Report((finding("x.service", 1, column, 1, column + 3),), 1, 1, (), (), {"x.service": line})
    shown = full.render(only).splitlines()
    caret = next(text for text in shown if "^" in text)
    source = next(text for text in shown if "BAD" in text)
    assert len(source) < 200
    assert source[caret.index("^") : caret.rindex("^") + 1] == "BAD"


@pytest.mark.parametrize("render", [full.render, concise.render, json_format.render, statistics.render])
def test_every_format_encodes_whatever_a_file_holds(render: object) -> None:
    every = "".join(map(chr, [*range(0x100), 0x202E, 0xFEFF, 0xDCFF, 0xD800, 0x1F600]))
    only = Report((finding(every, 1, 3, 1, 9, message=every),), 1, 1, (), (), {every: every})
    text = render(only)  # type: ignore[operator]
    assert not {"\x1b", "\x00", "\u202e", "\x85"} & set(text)
    assert text.encode("utf-8")
