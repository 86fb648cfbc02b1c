"""Whatever stands in a rule.yaml: a rule that can be asked of any unit, or a mistake at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

import unitlint
from unitlint.base.errors import UnitlintError
from unitlint.rules.compile import compile_files
from unitlint.rules.facts import FACTS
from unitlint.rules.schema import KEYS, TYPES
from unitlint.rules.validate import WORDS

HEAD = {
    "code": "ANY001", "name": "any", "severity": "info", "applies-to": ["all"], "message": "{value} {wanted} {item}",
    "why": "x", "how-to-fix": "x", "options": {"one": "5min", "many": ["a", "b*"], "yes": True},
    "once": False, "caret": "name",
}  # fmt: skip
DIRECTIVES = (
    "Service.User", "Service.MemoryMax", "Service.RestartSec", "Service.Type", "Service.ExecStart", "Service.UMask",
    "Service.SupplementaryGroups", "Service.LimitNOFILE", "Service.NoNewPrivileges", "Service.CPUQuota", "Unit.After",
    "Timer.OnCalendar", "Journal.SystemMaxUse", "Service.Nope", "Own.MemoryMax", "Own.Nope", "any-of", "any-command",
)  # fmt: skip
scalars = st.one_of(
    st.sampled_from(["root", "5min", "1G", "20%", "infinity", "a*", "[a", "(a|b)+", "/srv", "yes", "0022", ""]),
    st.booleans(),
    st.integers(-2, 5000),
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
)
values = st.one_of(
    scalars,
    st.lists(scalars, max_size=3),
    st.sampled_from(
        [{"option": "one"}, {"option": "many"}, {"option": "gone"}, {"value-of": "Service.MemoryHigh"}, {}]
    ),
)
leaves = st.dictionaries(
    st.sampled_from([*DIRECTIVES, *FACTS, "not", "all"]),
    st.one_of(st.dictionaries(st.sampled_from([*WORDS, "wat"]), values, max_size=2), values),
    max_size=1,
)
SOUND: tuple[dict[str, object], ...] = (
    {"Service.User": {"in": ["root", 0], "or-unset": True}}, {"Service.User": {"set": False}},
    {"Service.User": {"glob": {"option": "many"}}}, {"Service.User": {"matches": "^(a|b)+$"}},
    {"Service.MemoryMax": {"at-most": "20%"}},
    {"Service.MemoryMax": {"greater-than": {"value-of": "Service.MemoryHigh"}}},
    {"Service.RestartSec": {"at-least": {"option": "one"}, "less-than": "1h"}}, {"Service.Type": {"equals": "notify"}},
    {"Service.ExecStart": {"under": ["/srv", "/opt"]}}, {"Service.UMask": {"equals": "0022"}},
    {"Service.SupplementaryGroups": {"contains": "a"}}, {"Service.SupplementaryGroups": {"in": {"option": "many"}}},
    {"Service.LimitNOFILE": {"less-than": 2}}, {"Journal.SystemMaxUse": {"greater-than": 1}},
    {"Own.MemoryMax": {"other-than": ["infinity", "2G"], "as": "limit", "note": "here", "reason": "too {limit.value}"}},
    {"Own.PrivateTmp": {"enabled": False, "or-unset": True}}, {"service-type": {"in": ["simple"], "note": "it"}},
    {"any-of": {"directives": ["Own.User", "Unit.After"], "set": True, "reason": "of {directive}"}},
    {"any-command": {"program": ["a", "%i*"], "argument": "b", "prefix": "-"}}, {"runs-as": {"other-than": "root"}},
    {"Service.ExecStart": {"argument": "*b*", "or-unset": True}}, {"release": {"less-than": 257}},
    {"unit-fragment": {"set": True}},
    {"unit-name": {"glob": "x.*"}}, {"unit-scope": {"equals": "system"}}, {"Timer.OnCalendar": {"set": True}},
)  # fmt: skip
conditions = st.recursive(
    st.integers(0, 9).flatmap(lambda odds: leaves if odds == 0 else st.sampled_from(SOUND)),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
    ),
    max_leaves=4,
)
oddities = st.dictionaries(
    st.sampled_from(sorted(KEYS)), st.one_of(values, st.sampled_from(list(TYPES)), conditions), max_size=2
)
bodies = st.one_of(
    st.fixed_dictionaries({"match": conditions}),
    st.fixed_dictionaries({"require": st.lists(conditions, min_size=1, max_size=3)}, optional={"when": conditions}),
)
UNITS = (
    ("x.service", "[Service]\nUser=root\nMemoryMax=1G\nExecStart=-/srv/a b\nSupplementaryGroups=a b\nRestartSec=%i\n"),
    ("x.service.d/y.conf", "[Service]\nMemoryMax=lots\nUMask=9\nType=\nLimitNOFILE=1:2\n"),
    ("x.timer", ""),
    ("journald.conf", "[Journal]\nSystemMaxUse=1G\n"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("rules") / "ANY001-any"
    home.mkdir()
    return home


def mistake_in(file: Path) -> UnitlintError | None:
    try:
        compile_files([str(file)])
    except UnitlintError as mistake:
        return mistake
    return None


others = st.integers(0, 4).flatmap(lambda odds: oddities if odds == 0 else st.just({}))


@given(bodies, others)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_rule(folder: Path, body: dict[str, object], other: dict[str, object]) -> None:
    file = folder / "rule.yaml"
    YAML().dump({**HEAD, **body, **other}, file)
    mistake = mistake_in(file)
    if mistake is not None:
        assert mistake.path == str(file)
        assert mistake.line is not None, str(mistake)
        return
    for name, text in UNITS:
        unitlint.check_text(text, name, rules=[str(folder)], select=["ANY001"])


@given(st.binary(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_bytes(folder: Path, data: bytes) -> None:
    file = folder / "rule.yaml"
    file.write_bytes(data)
    assert mistake_in(file) is not None


BOMB = "options:\n  a0: &a0 [x]\n" + "".join(
    f"  a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 9)
)
"""A few lines whose aliases stand for 43 million values."""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("match:\n  not: &a {not: {not: *a}}\n", "a condition is a mapping"),
        pytest.param("match: " + "{not: " * 1000 + "}" * 1000 + "\n", "nests too deeply", id="deep"),
        (
            "message-when-unset: '{value:>999999999}'\nmatch: {unit-name: {equals: x}}\n",
            "only a name may stand in braces",
        ),
        ("message-when-unset: '{value.__class__}'\nmatch: {unit-name: {equals: x}}\n", "nothing is called"),
        pytest.param(BOMB, "more than 10000 values", id="bomb"),
        ("base: !!int x\n", "not valid YAML"),
        ("<<: &b {sevrity: x}\n", "did you mean `severity`"),
        ("options: 2020-99-99\n", "not valid YAML"),
        ("--- a\n--- b\n", "not valid YAML"),
        ("? [a]\n: b\n", "unknown key"),
    ],
)
def test_what_yaml_allows_but_a_rule_cannot_be(folder: Path, text: str, said: str) -> None:
    file = folder / "rule.yaml"
    head = "code: ANY001\nname: any\nseverity: info\napplies-to: [all]\nmessage: x\nwhy: x\nhow-to-fix: x\n"
    file.write_text(text if text.startswith("-") else head + text)
    assert said in str(mistake_in(file))
