"""What a rule is about, rendered from its rule.yaml: one page, or the list of all rules."""

from __future__ import annotations

import re

from unitlint.base.foreign_text import COMMAND, UNSAFE, safe_lines
from unitlint.report.summary import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from unitlint.rules.model import Rule

JSON_VERSION = 1
FORMATS = ("text", "json", "markdown")
_LITERAL = re.compile(
    r"`[^`]+`|(?<![\w`])\[[A-Z]\w+\]|[A-Z][\w.]*=(?:[^\s,;:()]*[^\s,;:().])?|(?<![\w`/=])(?:/[\w.@%*-]*\w)+"
)
"""What is code in running text: marked as such, a section, an assignment, a path."""


def render_rule(rule: Rule, output_format: str = "text") -> str:
    """The page of one rule as ``text``, ``json`` or ``markdown``."""
    if output_format == "json":
        return _json(rule_object(rule))
    lines = "\n".join((_markdown if output_format == "markdown" else _page)(rule)) + "\n"
    return safe_lines(lines)


def render_rules(rules: Iterable[Rule], output_format: str = "text") -> str:
    """All rules: a line each as ``text`` or ``markdown``, or everything about them as ``json``."""
    ordered = sorted(rules, key=lambda rule: rule.code)
    if output_format == "json":
        return _json({"version": JSON_VERSION, "rules": [rule_object(rule) for rule in ordered]})
    if output_format == "markdown":
        return safe_lines("".join(_table_lines(ordered)))
    width = max((len(rule.name) for rule in ordered), default=0)
    lines = [
        f"{rule.code} {'[*]' if rule.fixable else '   '} {rule.name:<{width}}  {rule.severity:<7}  {rule.profile:<7}"
        f"  {rule.details.title}\n"
        for rule in ordered
    ]
    return safe_lines("".join(lines)) + f"{counted(len(ordered), 'rule')}; `unitlint rule CODE` explains one.\n"


def rule_object(rule: Rule) -> dict[str, Any]:
    """A rule as plain data, its keys spelt as in rule.yaml."""
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.details.title,
        "category": rule.category,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "profile": rule.profile,
        "effect": rule.effect,
        "applies-to": list(rule.applies_to),
        "systemd": {"since": rule.since, "until": rule.until},
        "message": rule.details.message,
        "why": rule.details.why.strip(),
        "how-to-fix": rule.details.how_to_fix.strip(),
        "references": list(rule.details.references),
        "options": dict(rule.details.options),
        "fixable": rule.fixable,
        "match": rule.details.match,
        "require": rule.details.require,
        "when": rule.details.when,
        "file": rule.file or None,
        "url": rule.details.url or None,
    }


def _page(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.name}"
    yield "=" * len(f"{rule.code} {rule.name}")
    yield ""
    yield f"{rule.details.title}."
    yield ""
    for label, value in _facts(rule):
        yield f"{label + ':':<12}{value}"
    yield from _section("Why", rule.details.why)
    yield from _section("How to fix", rule.details.how_to_fix)
    yield from _section("Options", "\n".join(f"{name} = {value!r}" for name, value in rule.details.options.items()))
    yield from _section("See", "\n".join(rule.details.references))


def _markdown(rule: Rule) -> Iterator[str]:
    """The same page for the documentation, and for whoever pastes it into a ticket."""
    yield f"# {rule.code} {rule.name}"
    yield ""
    yield f"{escaped(rule.details.title)}."
    yield ""
    yield "| | |"
    yield "| --- | --- |"
    for label, value in _facts(rule):
        yield f"| {label} | {escaped(value)} |"
    for title, text in (("Why", rule.details.why), ("How to fix", rule.details.how_to_fix)):
        if text.strip():
            yield from ("", f"## {title}", "", escaped(text.strip()))
    if rule.details.options:
        yield from ("", "## Options", "", "| option | default |", "| --- | --- |")
        yield from (f"| `{name}` | `{value!r}` |" for name, value in rule.details.options.items())
    if rule.details.references:
        yield from ("", "## See", "")
        yield from (f"- {escaped(reference)}" for reference in rule.details.references)


def _table_lines(ordered: list[Rule]) -> Iterator[str]:
    yield "| code | what is wrong | severity | profile | fix |\n"
    yield "| --- | --- | --- | --- | --- |\n"
    for rule in ordered:
        page = f"{rule.code}-{rule.name}.md"
        fix = "`--fix`" if rule.fixable else ""
        what = f"{escaped(rule.details.title)} (`{rule.name}`)"
        yield f"| [{rule.code}]({page}) | {what} | {rule.severity} | {rule.profile} | {fix} |\n"


def escaped(text: str) -> str:
    """Running text as Markdown: what is code in it is set as code, all else stands for itself."""
    pieces, end = [], 0
    for found in _LITERAL.finditer(text):
        pieces += [_plain(text[end : found.start()]), found[0] if found[0][0] == "`" else f"`{found[0]}`"]
        end = found.end()
    return "".join(pieces) + _plain(text[end:])


def _plain(text: str) -> str:
    return re.sub(r"([\\*_<\[\]|#])", r"\\\1", text)


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "severity", rule.severity
    yield "confidence", rule.confidence
    yield "profile", rule.profile
    yield "applies to", ", ".join(rule.applies_to)
    if rule.since or rule.until is not None:
        since = f"{rule.since}" if rule.since else ""
        yield "systemd", f"{since}..{rule.until}" if rule.until is not None else f"{since} and later"
    if rule.effect:
        yield (
            "effect",
            {"refused": "systemd refuses the unit", "ignored": "systemd ignores the line"}.get(
                rule.effect, "systemd warns"
            ),
        )
    if rule.file:
        yield "file", rule.file
    if rule.details.url:
        yield "page", rule.details.url
    yield "fix", "with --fix" if rule.fixable else "by hand"


def _section(title: str, text: str) -> Iterator[str]:
    if not text.strip():
        return
    yield ""
    yield title
    yield "-" * len(title)
    for line in text.strip().splitlines():
        yield line.rstrip()


def _json(value: object) -> str:
    from json import dumps

    text = dumps(value, indent=2, ensure_ascii=False, default=list) + "\n"
    return re.sub(f"(?!\n){UNSAFE}|{COMMAND}", lambda found: f"\\u{ord(found[0]):04x}", text)
