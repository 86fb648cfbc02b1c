"""rule.yaml files to Rules, with every mistake reported at its place."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from unitlint.errors import UnitlintError, did_you_mean
from unitlint.rules.load import built_in_folder, is_built_in, rule_files
from unitlint.rules.matcher import needed
from unitlint.rules.model import Rule
from unitlint.rules.own import DEFAULTS, check_own
from unitlint.rules.validate import at, check_condition, check_directive

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


KEYS = (
    "code", "name", "category", "severity", "confidence", "profile", "applies-to", "systemd", "message", "why",
    "how-to-fix", "references", "options", "fixable", "directives", "match", "at", "effect", "needs-root", "contains",
    "objections", "corpus", "url", "no-bad-case",
)  # fmt: skip
REQUIRED = ("code", "name", "category", "severity", "profile", "applies-to", "message", "why", "how-to-fix")
CHOICES = {
    "severity": ("error", "warning", "info"),
    "confidence": ("high", "medium", "low"),
    "profile": ("conform", "default", "strict"),
    "effect": ("refused", "ignored", "warned"),
}


def compile_files(files: Iterable[str]) -> list[Rule]:
    """The rules of rule.yaml files, in the order of the files; raises UnitlintError for the first mistake."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    yaml = YAML(typ="rt")
    rules = []
    for path in files:
        with open(path, encoding="utf-8") as file:
            try:
                raw = yaml.load(file)
            except MarkedYAMLError as error:
                mark = error.problem_mark
                line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
                raise UnitlintError(f"not valid YAML: {error.problem}", path, line, column) from None
        rules.append(compile_rule_file(raw, path))
    return rules


def compile_rule_file(raw: Any, path: str) -> Rule:
    """One rule out of what YAML made of it (a ruamel.yaml mapping that knows its lines)."""
    if not isinstance(raw, dict):
        raise UnitlintError("a rule file is a mapping of keys to values", path, 1, 1)
    for key in raw:
        if key not in KEYS:
            raise at(raw, key, path, f"unknown key `{key}`", did_you_mean(str(key), KEYS))
    built_in = is_built_in(path)
    for key in REQUIRED:
        if not raw.get(key) and (built_in or key not in DEFAULTS):
            raise UnitlintError(f"a rule needs `{key}`", path, 1, 1)
    if not built_in:
        check_own(raw, path)
    for key, choices in CHOICES.items():
        if raw.get(key) is not None and raw[key] not in choices:
            raise at(raw, key, path, f"`{raw[key]}` is no {key}", "choose " + ", ".join(choices))
    directives = tuple(map(str, raw.get("directives") or ()))
    for directive in directives:
        check_directive(raw, "directives", directive, path)
    if raw.get("match") is not None:
        check_condition(raw["match"], path)
        directives = directives or tuple(sorted(needed(plain(raw["match"]))))
    elif not built_in:
        raise UnitlintError("a rule needs `match`", path, 1, 1, "what is wrong, such as {Service.User: {equals: root}}")
    if raw.get("at"):
        check_directive(raw, "at", str(raw["at"]), path)
    systemd = raw.get("systemd") or {}
    return Rule(
        code=str(raw["code"]),
        name=str(raw["name"]),
        category=str(raw.get("category") or DEFAULTS["category"]),
        severity=raw["severity"],
        confidence=raw.get("confidence", "high"),
        profile=str(raw.get("profile") or DEFAULTS["profile"]),
        applies_to=tuple(map(str, raw["applies-to"])),
        since=int(systemd.get("since", 0)),
        until=int(systemd["until"]) if "until" in systemd else None,
        message=str(raw["message"]),
        why=str(raw["why"]).strip(),
        how_to_fix=str(raw["how-to-fix"]).strip(),
        references=tuple(map(str, raw.get("references") or ())),
        options=plain(raw.get("options") or {}),
        fixable=bool(raw.get("fixable", False)),
        directives=directives,
        match=plain(raw.get("match")),
        at=str(raw["at"]) if raw.get("at") else None,
        effect=raw.get("effect"),
        needs_root=bool(raw.get("needs-root", False)),
        contains=tuple(map(str, raw.get("contains") or ())),
        objections=tuple(map(str, raw.get("objections") or ())),
        no_bad_case=str(raw.get("no-bad-case") or ""),
        file="" if built_in else path,
        url=str(raw.get("url") or ""),
    )


def plain(value: Any) -> Any:
    """The same without ruamel.yaml's own types."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    return str(value)


def main(target: str) -> None:
    """Writes the compiled form of the repository's rules; the wheel's build calls it."""
    import marshal

    os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
    with open(target, "wb") as file:
        marshal.dump([tuple(rule) for rule in compile_files(rule_files(built_in_folder()))], file, 4)


if __name__ == "__main__":
    main(sys.argv[1])
