"""rule.yaml files to Rules, with every mistake reported at its place."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from unitlint.base.compiled import write_rows
from unitlint.base.errors import UnitlintError
from unitlint.base.json_rows import text_of
from unitlint.base.safe_read import CannotReadError, read_bytes
from unitlint.rules.custom import DEFAULTS, check_custom
from unitlint.rules.folders import built_in_folder, is_built_in, rule_files
from unitlint.rules.functions import check_functions
from unitlint.rules.messages import check_messages, names_in_messages
from unitlint.rules.model import Rule, RuleDetails
from unitlint.rules.needed import needed
from unitlint.rules.schema import check_keys, check_sections
from unitlint.rules.validate import at, check_condition, check_directive

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_NODES = 10_000
DEEPEST = 50
YAML_HINT = (
    "a text with `: ` or ` #` in it, or any of {}[]*&%@!|> in front, needs quotes; 'single' ones keep backslashes"
)


def compile_files(files: Iterable[str], checks: Mapping[str, str] | None = None) -> list[Rule]:
    """The rules of rule.yaml files, in the order of the files; raises UnitlintError for the first mistake.

    ``checks`` are the predicates that a plugin has for some of them, ``module:function`` by code.
    """
    rules = []
    for path in files:
        try:
            raw = read_yaml(path)
        except RecursionError:
            raise UnitlintError("nests too deeply", path, 1, 1) from None
        if not _is_of_sane_size(raw):
            raise UnitlintError(
                f"holds more than {MOST_NODES} values, nests too deeply, or contains itself", path, 1, 1
            )
        rules.append(compile_rule_file(raw, path, checks or {}))
    return rules


def read_yaml(path: str) -> Any:
    """What YAML makes of a file, each mapping with the places of its keys; raises UnitlintError where it is none."""
    import warnings

    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they would show lines of the file as they are
            return YAML(typ="rt").load(read_bytes(path).decode("utf-8"))
    except CannotReadError as error:
        raise UnitlintError(f"cannot read the rule: {error.reason}", path) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UnitlintError("is not UTF-8", path, line, 1) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise UnitlintError(f"not valid YAML: {error.problem}", path, line, column, YAML_HINT) from None
    except (YAMLError, ValueError, TypeError) as error:  # TypeError: a key that is a list
        raise UnitlintError(f"not valid YAML: {str(error).splitlines()[0]}", path, 1, 1, YAML_HINT) from None


def _is_of_sane_size(raw: Any) -> bool:
    """False where aliases make a small file a huge one, or an endless one."""
    waiting, count = [(raw, 0)], 0
    while waiting:
        node, depth = waiting.pop()
        inner = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else ()
        count += 1 + len(inner)
        if count > MOST_NODES or depth > DEEPEST:
            return False
        waiting += [(one, depth + 1) for one in inner]
    return True


def compile_rule_file(raw: Any, path: str, checks: Mapping[str, str]) -> Rule:
    """One rule out of what YAML made of it (a ruamel.yaml mapping that knows its lines)."""
    built_in = is_built_in(path)
    check_keys(raw, path, built_in=built_in)
    if built_in:
        check_functions(raw, path)
    else:
        check_custom(raw, path)
    check = str(raw.get("check") or "") if built_in else checks.get(str(raw["code"]), "")
    reads_problems = built_in and bool(raw.get("objections"))
    needs = _check_conditions(raw, path, elsewhere=bool(check) or reads_problems)
    if needs is not None:
        check_sections(raw, path)
        check_messages(raw, path)
    directives = _texts(raw, "directives") or tuple(sorted(needs or ()))
    _check_directives(raw, path)
    _check_texts(raw, path, directives)
    fields = tuple(sorted(names_in_messages(raw))) if needs is not None else ()
    details = RuleDetails(fields=fields, **_wording(raw), **_conditions(raw), **_causes(raw))
    return Rule(
        directives=directives,
        check=check,
        file="" if built_in else path,
        kept_details=text_of(tuple(details)),
        **_identity(raw),
        **_scope(raw),
        **_wiring(raw),
    )


def _identity(raw: Any) -> dict[str, Any]:
    """What the rule is called and how bad it is."""
    return {
        "code": str(raw["code"]),
        "name": str(raw["name"]),
        "category": _text(raw, "category", DEFAULTS["category"]),
        "severity": raw["severity"],
        "strict_severity": raw.get("strict-severity"),
        "confidence": _text(raw, "confidence", "high"),
        "profile": _text(raw, "profile", DEFAULTS["profile"]),
        "effect": raw.get("effect"),
    }


def _wording(raw: Any) -> dict[str, Any]:
    """What a person reads."""
    return {
        "message": str(raw["message"]),
        "title": _text(raw, "title", str(raw["name"]).replace("-", " ").capitalize()),
        "summary": _text(raw, "summary"),
        "message_when_unset": _text(raw, "message-when-unset"),
        "why": str(raw["why"]).strip(),
        "how_to_fix": str(raw["how-to-fix"]).strip(),
        "references": _texts(raw, "references"),
        "url": _text(raw, "url"),
        "no_bad_case": _text(raw, "no-bad-case"),
    }


def _conditions(raw: Any) -> dict[str, Any]:
    """What is wrong, and where a finding of it stands."""
    return {
        "match": plain(raw.get("match")),
        "require": plain(raw.get("require")),
        "when": plain(raw.get("when")),
        "at": _text(raw, "at") or None,
        "options": plain(raw.get("options") or {}),
        "caret": _text(raw, "caret", "item"),
        "at_load": bool(raw.get("at-load", False)),
        "once": bool(raw.get("once", False)),
    }


def _causes(raw: Any) -> dict[str, Any]:
    """What follows from its findings, and of what these follow."""
    return {
        "supersedes_on_line": _texts(raw, "supersedes"),
        "supersedes_below": _texts(raw, "supersedes-below"),
        "supersedes_in_unit": _texts(raw, "supersedes-in-unit"),
        "follows_from": _texts(raw, "follows-from"),
    }


def _scope(raw: Any) -> dict[str, Any]:
    """Which units are asked, at which releases."""
    systemd = raw.get("systemd") or {}
    return {
        "applies_to": _texts(raw, "applies-to"),
        "since": int(systemd.get("since", 0)),
        "until": int(systemd["until"]) if "until" in systemd else None,
        "needs_root": bool(raw.get("needs-root", False)),
        "whole_set": bool(raw.get("whole-set", False)),
        "contains": _texts(raw, "contains"),
        "value_contains": _texts(raw, "value-contains"),
        "objections": _texts(raw, "objections"),
        "quadlet": _texts(raw, "quadlet") if "quadlet" in raw else None,
    }


def _wiring(raw: Any) -> dict[str, Any]:
    """What else the rule has to do with."""
    return {
        "fix": _text(raw, "fix"),
        "template": _text(raw, "template"),
        "about": _text(raw, "about", "unit"),
        "reports": _text(raw, "reports"),
    }


def _text(raw: Any, key: str, default: str = "") -> str:
    return str(raw.get(key) or default)


def _texts(raw: Any, key: str) -> tuple[str, ...]:
    return tuple(map(str, raw.get(key) or ()))


def _check_directives(raw: Any, path: str) -> None:
    """The directives that are named outside of conditions."""
    for directive in _texts(raw, "directives"):
        check_directive(raw, "directives", directive, path)
    if raw.get("at"):
        check_directive(raw, "at", str(raw["at"]), path)


def _check_texts(raw: Any, path: str, directives: tuple[str, ...]) -> None:
    """The texts without which a unit is skipped."""
    if "value-contains" not in raw:
        return
    if not directives:
        hint = "name the directives whose values are meant, or write `contains`"
        raise at(raw, "value-contains", path, "`value-contains` needs `directives`", hint)
    if "contains" in raw:
        raise at(raw, "value-contains", path, "`contains` and `value-contains` cannot be combined", "keep one of them")


def _check_conditions(raw: Any, path: str, *, elsewhere: bool) -> frozenset[str] | None:
    """The directives that a declarative rule needs to be asked; None where its predicate stands ``elsewhere``."""
    options = plain(raw.get("options") or {})
    match, require, when = raw.get("match"), raw.get("require"), raw.get("when")
    if match is not None:
        for key in ("require", "when"):
            if raw.get(key) is not None:
                raise at(raw, key, path, f"`match` and `{key}` cannot be combined", "put it below `all:` in `match`")
        check_condition(raw, "match", path, options)
        return needed(plain(match))
    if require is None:
        if when is not None:
            raise at(raw, "when", path, "`when` goes with `require`", "write below `require:` what must be true")
        if elsewhere:
            return None
        hint = "what is wrong, such as `match: {Service.User: {equals: root}}`"
        what = "`match`, `require` or `check`" if is_built_in(path) else "`match` or `require`"
        raise UnitlintError(f"a rule needs {what}", path, 1, 1, hint)
    if not isinstance(require, list) or not require:
        raise at(raw, "require", path, "`require` needs a list of conditions", "- Timer.Persistent: {equals: true}")
    if raw.get("at"):
        raise at(raw, "at", path, "`at` goes with `match`; each condition of `require` has its own place")
    for number in range(len(require)):
        check_condition(require, number, path, options)
    if when is None:
        return frozenset()
    check_condition(raw, "when", path, options)
    return needed(plain(when))


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
    write_rows(target, compile_files(rule_files(built_in_folder())))


if __name__ == "__main__":
    main(sys.argv[1])
