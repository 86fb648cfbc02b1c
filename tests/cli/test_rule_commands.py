"""`unitlint test-rules`, `new-rule` and `rule`: what a person does with rules of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unitlint.base.errors import UnitlintError
from unitlint.cli.parser import main

RULE = """\
code: ACME001
name: runs-as-root
severity: error
applies-to: [service]
message: "{unit} runs as root"
why: Whoever breaks into it owns the machine.
how-to-fix: Set User=. Or ask for an exception.
match:
  Service.User: {equals: root}
"""
BAD = "[Service]\nExecStart=/bin/x\n# expect: ACME001\nUser=root\n"
GOOD = "[Service]\nExecStart=/bin/x\nUser=web\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "repo").mkdir()
    monkeypatch.chdir(tmp_path / "repo")
    return tmp_path / "repo"


def plant(here: Path, rule: str = RULE, **cases: str) -> Path:
    folder = here / "unit-rules" / "ACME001-runs-as-root"
    folder.mkdir(parents=True)
    (folder / "rule.yaml").write_text(rule)
    for name, text in {"bad": BAD, "good": GOOD, **cases}.items():
        (folder / f"{name}.service").write_text(text)
    (here / "unitlint.toml").write_text('rules = ["unit-rules"]\n')
    return folder


def test_all_as_announced(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here)
    assert main(["test-rules"]) == 0
    assert capsys.readouterr().out == ("ok    ACME001-runs-as-root  (1 bad, 1 good)\n1 rule, 2 cases: all passed\n")


@pytest.mark.parametrize(
    ("cases", "wrong"),
    [
        ({"bad": BAD.replace("root", "web")}, "bad.service:4: ACME001 is announced for this line, but not found"),
        (
            {"good": "[Service]\nUser=root\n"},
            "good.service:2:6: ACME001 is found, but not announced: good.service runs",
        ),
        ({"bad": GOOD}, "bad.service: announces no finding; write `# expect: ACME001`"),
        ({"good": "# option: x = 1\n"}, None),
        ({"good": "# option: x =\n"}, None),
    ],
)
def test_what_is_wrong_with_a_case(
    here: Path, capsys: pytest.CaptureFixture[str], cases: dict[str, str], wrong: str | None
) -> None:
    plant(here, **cases)
    if wrong is None:
        with pytest.raises(UnitlintError) as caught:
            main(["test-rules", "unit-rules"])
        assert "good.service:1: " in str(caught.value)
        return
    assert main(["test-rules", "--quiet", "unit-rules"]) == 1
    out = capsys.readouterr().out
    assert wrong in out
    assert out.endswith("1 rule failed\n")


def test_a_rule_needs_cases_of_both_kinds(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = plant(here)
    (folder / "bad.service").unlink()
    (folder / "good.service").unlink()
    assert main(["test-rules"]) == 1
    out = capsys.readouterr().out
    assert "has no bad case" in out
    assert "has no good case" in out


@pytest.mark.parametrize("words", [["test-rules"], ["test-rules", "gone"], ["new-rule", "x"]])
def test_which_rules(here: Path, words: list[str]) -> None:
    with pytest.raises(UnitlintError) as caught:
        main(words)
    assert caught.value.hint
    assert not list(here.iterdir())


def test_a_new_rule_passes_its_own_cases(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-rule", "no-docs", "--into", "unit-rules"]) == 0
    assert 'set rules = ["unit-rules"]' in capsys.readouterr().out
    assert main(["new-rule", "no-docs-either", "--into", "unit-rules"]) == 0
    assert main(["new-rule", "slow-timer", "--into", "unit-rules", "--type", "timer", "--code", "TIME001"]) == 0
    assert (here / "unit-rules" / "TIME001-slow-timer" / "bad.timer").is_file()
    (here / "unit-rules" / "TIME001-slow-timer").rename(here / "TIME001-slow-timer")
    assert main(["test-rules", "TIME001-slow-timer"]) == 0
    assert main(["new-rule", "other", "--into", "unit-rules", "--code", "ACME0100"]) == 0
    assert main(["test-rules", "unit-rules"]) == 0
    assert sorted(path.name for path in (here / "unit-rules").iterdir()) == [
        "ACME0100-other",
        "OWN001-no-docs",
        "OWN002-no-docs-either",
    ]


def test_the_next_code_follows_the_highest_number(here: Path) -> None:
    for name, *code in (("a", "--code", "OWN009"), ("b",), ("c",)):
        assert main(["new-rule", name, "--into", "unit-rules", *code]) == 0
    assert sorted(path.name for path in (here / "unit-rules").iterdir()) == ["OWN009-a", "OWN010-b", "OWN011-c"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["runs-as-root"], "taken by ACME001"),
        (["no-memory-max"], "built in"),
        (["No_Docs"], "not a valid rule name"),
        (["x", "--code", "UL999"], "are built in"),
        (["x", "--code", "acme1"], "is not a valid code"),
    ],
)
def test_a_new_rule_overwrites_nothing(here: Path, words: list[str], said: str) -> None:
    folder = plant(here)
    with pytest.raises(UnitlintError) as caught:
        main(["new-rule", *words])
    assert said in str(caught.value)
    assert list((here / "unit-rules").iterdir()) == [folder]
    assert (folder / "rule.yaml").read_text() == RULE


def test_a_folder_that_exists_is_left_alone(here: Path) -> None:
    plant(here)
    home = here / "unit-rules" / "ACME002-x"
    home.mkdir()
    (home / "rule.yaml.bak").write_text("mine")
    with pytest.raises(UnitlintError) as caught:
        main(["new-rule", "x"])
    assert "exists already" in str(caught.value)
    assert [path.name for path in home.iterdir()] == ["rule.yaml.bak"]


def test_own_rules_are_checked_and_explained(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here)
    (here / "web.service").write_text("[Service]\nExecStart=/bin/x\nUser=root\n")
    assert main(["check", "--select", "ACME", "--output-format", "json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["path"], found["line"], found["message"]) == ("web.service", 3, "web.service runs as root")
    assert main(["rule", "runs-as-root"]) == 0
    out = capsys.readouterr().out
    assert "Whoever breaks into it" in out
    assert "unit-rules/ACME001-runs-as-root/rule.yaml" in out
    assert main(["rule", "--all", "--output-format", "json"]) == 0
    rules = {rule["code"]: rule for rule in json.loads(capsys.readouterr().out)["rules"]}
    assert rules["ACME001"]["match"] == {"Service.User": {"equals": "root"}}
    assert rules["UL301"]["file"] is None
    assert main(["rule", "--all", "--isolated"]) == 0
    assert "ACME001" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("code: ACME001", "code: UL999", 1, "built in"),
        ("severity: error", "severity: eror", 3, "did you mean `error`"),
        ("applies-to: [service]", "applies-to: service", 4, "[service]"),
        ("applies-to: [service]", "applies-to: [servce]", 4, "did you mean `service`"),
        ("applies-to: [service]", "applies-to: [timer]", 9, "[Service] is never in a timer"),
        ("severity: error", "severity: error\nsystemd: {from: 250}", 4, "unknown key `from`"),
        ("severity: error", "severity: error\nsystemd: {since: new}", 4, "is a release"),
        ("severity: error", "severity: error\noptions: [a]", 4, "a table of names"),
        ("why: Whoever breaks into it owns the machine.\n", "", 1, "a rule needs `why`"),
        ("code: ACME001", "code: Acme-1", 1, "is not a valid code"),
        ("code: ACME001", "code: ACME002", 1, "rename it to `ACME002-runs-as-root`"),
        ("severity: error", "severity: error\neffect: refused", 4, "is for built-in rules"),
        ("severity: error", "severity: error\nprofile: conform", 4, "choose default, strict"),
        ("match:\n  Service.User: {equals: root}\n", "", 1, "a rule needs `match`"),
    ],
)
def test_what_an_own_rule_may_not_say(here: Path, old: str, new: str, line: int, said: str) -> None:
    plant(here, RULE.replace(old, new))
    with pytest.raises(UnitlintError) as caught:
        main(["test-rules"])
    assert caught.value.line == line
    assert said in str(caught.value)


@pytest.mark.parametrize("words", [["check"], ["rule", "--all"], ["test-rules"]])
def test_a_folder_that_the_settings_misspell(here: Path, words: list[str]) -> None:
    plant(here)
    (here / "unitlint.toml").write_text('profile = "strict"\nrules = ["unit-ruls"]\n')
    with pytest.raises(UnitlintError) as caught:
        main(words)
    assert str(caught.value) == (
        "unitlint.toml:2:11: `rules`: there is no directory unit-ruls\n  did you mean `unit-rules`?"
    )


def test_two_rules_of_one_name(here: Path) -> None:
    folder = plant(here)
    other = here / "more" / "ACME002-runs-as-root"
    other.mkdir(parents=True)
    (other / "rule.yaml").write_text(RULE.replace("ACME001", "ACME002"))
    (here / "unitlint.toml").write_text('rules = ["unit-rules", "more"]\n')
    with pytest.raises(UnitlintError) as caught:
        main(["check"])
    assert str(folder.relative_to(here) / "rule.yaml") in str(caught.value)


def test_an_edited_rule_takes_effect_at_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = plant(here)
    assert main(["test-rules"]) == 0
    (folder / "rule.yaml").write_text(RULE.replace("equals: root", "equals: toor"))
    assert main(["test-rules"]) == 1
    assert list((here.parent / "cache" / "unitlint").iterdir())
    capsys.readouterr()
