"""What a rule is about, rendered from its rule.yaml: one page, or the list of all rules."""

from __future__ import annotations

from unitlint.report.summary import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from unitlint.rules.model import Rule

JSON_VERSION = 1


def render_rule(rule: Rule, output_format: str = "text") -> str:
    """The page of one rule as ``text`` or ``json``."""
    if output_format == "json":
        return _json(rule_object(rule))
    return "\n".join(_page(rule)) + "\n"


def render_rules(rules: Iterable[Rule], output_format: str = "text") -> str:
    """All rules: a line each as ``text``, or everything about them as ``json``."""
    ordered = sorted(rules, key=lambda rule: rule.code)
    if output_format == "json":
        return _json({"version": JSON_VERSION, "rules": [rule_object(rule) for rule in ordered]})
    width = max((len(rule.name) for rule in ordered), default=0)
    lines = [
        f"{rule.code} {'[*]' if rule.fixable else '   '} {rule.name:<{width}}  {rule.severity:<7}  {rule.profile}\n"
        for rule in ordered
    ]
    return "".join(lines) + f"{counted(len(ordered), 'rule')}; `unitlint rule CODE` explains one.\n"


def rule_object(rule: Rule) -> dict[str, Any]:
    """A rule as plain data, its keys spelt as in rule.yaml."""
    return {
        "code": rule.code,
        "name": rule.name,
        "category": rule.category,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "profile": rule.profile,
        "effect": rule.effect,
        "applies-to": list(rule.applies_to),
        "systemd": {"since": rule.since, "until": rule.until},
        "message": rule.message,
        "why": rule.why.strip(),
        "how-to-fix": rule.how_to_fix.strip(),
        "references": list(rule.references),
        "options": dict(rule.options),
        "fixable": rule.fixable,
        "match": rule.match,
        "require": rule.require,
        "when": rule.when,
        "file": rule.file or None,
        "url": rule.url or None,
    }


def _page(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.name}"
    yield "=" * len(f"{rule.code} {rule.name}")
    yield ""
    yield f"  {rule.message}"
    yield ""
    for label, value in _facts(rule):
        yield f"{label + ':':<12}{value}"
    yield from _section("Why", rule.why)
    yield from _section("How to fix", rule.how_to_fix)
    yield from _section("Options", "\n".join(f"{name} = {value!r}" for name, value in rule.options.items()))
    yield from _section("See", "\n".join(rule.references))


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
    if rule.url:
        yield "page", rule.url
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

    return dumps(value, indent=2, ensure_ascii=False, default=list) + "\n"
