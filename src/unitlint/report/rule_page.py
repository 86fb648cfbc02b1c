"""`unitlint rule`: what a rule is about, from its rule.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from unitlint.rules.model import Rule


def render_rule(rule: Rule, output_format: str = "text") -> str:
    """The page of one rule, as text or JSON."""
    if output_format == "json":
        return _json(as_dict(rule))
    parts = [
        f"{rule.code} {rule.name}",
        f"{rule.severity}, confidence {rule.confidence}, profile {rule.profile}, for {', '.join(rule.applies_to)}",
        f"Message:\n  {rule.message}",
        f"Why:\n{_indented(rule.why)}",
        f"How to fix:\n{_indented(rule.how_to_fix)}",
    ]
    if rule.options:
        parts.append("Options:\n" + "\n".join(f"  {name} = {value!r}" for name, value in rule.options.items()))
    if rule.references:
        parts.append(f"See: {', '.join(rule.references)}")
    return "\n\n".join(parts) + "\n"


def render_rules(rules: Iterable[Rule], output_format: str = "text") -> str:
    """All rules: a line each, or a JSON list."""
    if output_format == "json":
        return _json([as_dict(rule) for rule in rules])
    return "".join(f"{rule.code}  {rule.severity:<7}  {rule.profile:<7}  {rule.name}\n" for rule in rules)


def as_dict(rule: Rule) -> dict[str, Any]:
    """The rule under the keys of its rule.yaml."""
    return {name.replace("_", "-"): value for name, value in rule._asdict().items() if name != "match"}


def _indented(text: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in text.splitlines())


def _json(value: object) -> str:
    import json

    return json.dumps(value, indent=2) + "\n"
