"""docs/rule-yaml.md and docs/writing-rules.md say what holds, and the JSON Schema takes what the reader takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tools.build_rule_docs import PAGE, filled
from unitlint.base.errors import UnitlintError
from unitlint.rules.compile import compile_files
from unitlint.rules.json_schema import json_schema
from unitlint.rules.schema import KEYS

HEAD = {
    "code": "DOCS001", "name": "docs", "severity": "info", "applies-to": "[all]", "message": "x", "why": "x",
    "how-to-fix": "x",
}  # fmt: skip


def test_the_tables_are_current() -> None:
    """`python -m tools.build_rule_docs` writes them anew."""
    page = PAGE.read_text(encoding="utf-8")
    assert filled(page) == page
    assert page.count("<!-- table:") == 5


def test_every_yaml_block_of_the_guide_is_sound(repository: Path, tmp_path: Path) -> None:
    guide = (repository / "docs" / "writing-rules.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert len(blocks) >= 5
    home = tmp_path / "DOCS001-docs" / "rule.yaml"
    home.parent.mkdir()
    for block in blocks:
        given = YAML().load(block)
        head = "".join(
            f"{key}: {value}\n" for key, value in HEAD.items() if key not in given or key in ("code", "name")
        )
        options = "options: {large: []}\n" if "{option: large}" in block else ""
        own = re.sub(r"^(code|name): .*\n", "", block, flags=re.MULTILINE)
        home.write_text(head + options + own)
        (rule,) = compile_files([str(home)])
        assert rule.details.match or rule.details.require


def test_the_first_policy_is_the_one_of_the_examples(repository: Path) -> None:
    guide = (repository / "docs" / "writing-rules.md").read_text(encoding="utf-8")
    rule = repository / "examples/unit-rules/ACME001-service-outside-team-slices/rule.yaml"
    assert rule.read_text(encoding="utf-8") in guide


def accepts(schema: dict[str, object], value: object) -> bool:
    """As much of JSON Schema as ours uses."""
    reference = schema.get("$ref")
    if isinstance(reference, str):
        return accepts(json_schema()["$defs"][reference.rpartition("/")[2]], value)
    forms = schema.get("anyOf")
    if isinstance(forms, list):
        return any(accepts(form, value) for form in forms)
    kinds = {"string": str, "number": (int, float), "boolean": bool, "array": list, "object": dict}
    names = schema.get("type")
    if names and not isinstance(value, tuple(kinds[name] for name in ([names] if isinstance(names, str) else names))):  # type: ignore[misc,attr-defined]
        return False
    if "enum" in schema and value not in schema["enum"]:  # type: ignore[operator]
        return False
    if "pattern" in schema and not re.search(str(schema["pattern"]), str(value)):
        return False
    if isinstance(value, list):
        return all(accepts(schema.get("items", {}), one) for one in value)  # type: ignore[arg-type]
    if isinstance(value, dict) and "properties" in schema:
        known: dict[str, dict[str, object]] = schema["properties"]  # type: ignore[assignment]
        most, least = schema.get("maxProperties", 99), schema.get("minProperties", 0)
        return (
            all(name in known and accepts(known[name], inner) for name, inner in value.items())
            and set(schema.get("required", ())) <= set(value)  # type: ignore[call-overload]
            and least <= len(value) <= most  # type: ignore[operator]
        )
    return True


@pytest.mark.parametrize(
    ("change", "sound"),
    [
        ({}, True),
        ({"match": {"Service.User": {"in": {"option": "x"}}}, "options": {"x": []}}, True),
        ({"severity": "bad"}, False),
        ({"code": "acme"}, False),
        ({"match": {"Service.Usr": {"set": True}}}, False),
        ({"match": {"Service.User": {"in": "root"}}}, False),
        ({"match": {"Service.User": {"sett": True}}}, False),
        ({"match": {"all": []}}, None),
        ({"effect": "refused"}, False),
    ],
)
def test_the_schema_and_the_reader_agree(tmp_path: Path, change: dict[str, object], sound: bool | None) -> None:
    rule = {**HEAD, "applies-to": ["all"], "match": {"Service.User": {"set": False}}, **change}
    home = tmp_path / "DOCS001-docs" / "rule.yaml"
    home.parent.mkdir()
    YAML().dump(rule, home)
    if sound is not None:
        assert accepts(json_schema(), rule) is sound
    if sound:
        compile_files([str(home)])
    else:
        with pytest.raises(UnitlintError):
            compile_files([str(home)])


def test_the_schema_takes_the_examples(repository: Path) -> None:
    files = sorted((repository / "examples" / "unit-rules").rglob("rule.yaml"))
    assert len(files) == 4
    for file in files:
        assert accepts(json_schema(), YAML(typ="safe").load(file))


def test_the_schema_has_every_key_that_an_own_rule_may_have() -> None:
    assert set(json_schema()["properties"]) == {name for name, key in KEYS.items() if key.own}
