"""Rules by code, name, category and prefix, their severity, and what a run would go by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unitlint.cli.check import COUNTED
from unitlint.cli.parser import main
from unitlint.report.formats import FORMATS

BODY = "[Unit]\nDescription=x\n\n[Service]\nExecStart=/usr/bin/app\nOOMScoreAdjust=-1000\nRestartSec=5\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "app.service").write_text(BODY)
    (tmp_path / "db.service").write_text(BODY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str]]:
    main(["check", "app.service", "--output-format", "json", *arguments])
    return [(one["code"], one["severity"]) for one in json.loads(capsys.readouterr().out)["findings"]]


@pytest.mark.parametrize("selector", ["UL304", "ul304", "oom-score-adjust-extreme", "OOM-Score-Adjust-Extreme"])
def test_a_rule_in_any_case(folder: Path, capsys: pytest.CaptureFixture[str], selector: str) -> None:
    assert found(capsys, "--select", selector) == [("UL304", "warning")]


@pytest.mark.parametrize("selector", ["memory", "Memory", "UL3", "ul3"])
def test_a_category_or_a_prefix_is_all_of_its_rules(
    folder: Path, capsys: pytest.CaptureFixture[str], selector: str
) -> None:
    assert {code for code, _ in found(capsys, "--select", selector)} == {"UL301", "UL304"}


def test_a_rule_outdoes_its_category(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [code for code, _ in found(capsys, "--select", "memory", "--ignore", "UL301")] == ["UL304"]
    assert [code for code, _ in found(capsys, "--select", "UL301", "--ignore", "memory")] == ["UL301"]


def test_a_category_that_does_not_exist(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from unitlint.base.errors import UnitlintError

    with pytest.raises(UnitlintError, match="no rule answers to `memry`") as raised:
        main(["check", "--select", "memry"])
    assert raised.value.hint == "did you mean `memory`?"


def test_comments_and_patterns_name_categories(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "app.service").write_text("# unitlint: ignore[memory] measured\n" + BODY)
    assert found(capsys, "--select", "memory") == []
    (folder / "app.service").write_text(BODY)
    (folder / "unitlint.toml").write_text('per-file-ignores = {"app.*" = ["memory"]}\n')
    assert found(capsys, "--select", "memory") == []


def test_severity_on_the_command_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    levels = dict(found(capsys, "--select", "memory", "--severity", "UL301=error,memory=info"))
    assert levels == {"UL301": "error", "UL304": "info"}
    assert main(["check", "app.service", "--select", "UL301"]) == 0
    assert main(["check", "app.service", "--select", "UL301", "--severity", "no-memory-max=warning"]) == 1


def test_severity_in_settings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "unitlint.toml").write_text('[severity]\nmemory = "info"\n[rule.UL301]\nseverity = "error"\n')
    assert dict(found(capsys, "--select", "memory")) == {"UL301": "error", "UL304": "info"}
    assert dict(found(capsys, "--select", "memory", "--severity", "UL304=error"))["UL304"] == "error"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--severity", "UL301"], "expected RULES=LEVEL, not `UL301`"),
        (["--severity", "UL301=bad"], "must be one of error, warning, info"),
        (["--severity", "UL3x=info"], "no rule answers to `UL3x`"),
    ],
)
def test_mistakes_in_severities(folder: Path, arguments: list[str], message: str) -> None:
    from unitlint.base.errors import UnitlintError

    with pytest.raises(UnitlintError, match=message):
        main(["check", *arguments])


def test_a_mistaken_severity_in_settings_is_told_at_its_place(folder: Path) -> None:
    from unitlint.base.errors import UnitlintError

    (folder / "unitlint.toml").write_text('[rule.UL301]\nseverity = "errr"\n')
    with pytest.raises(UnitlintError, match="there is no severity 'errr'") as raised:
        main(["check"])
    assert (raised.value.line, raised.value.hint) == (2, "did you mean `error`?")


def test_exit_zero(folder: Path) -> None:
    assert main(["check"]) == 1
    assert main(["check", "--exit-zero"]) == 0


def test_show_files_and_settings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "notes.txt").write_text("no unit\n")
    (folder / "unitlint.toml").write_text('profile = "strict"\nexclude = ["db.*"]\n[rule.UL490]\nthreshold = 5.0\n')
    assert main(["check", "--show-files"]) == 0
    assert capsys.readouterr().out.splitlines() == ["app.service"]
    assert main(["check", "--show-settings", "--fail-on", "error"]) == 0
    shown = capsys.readouterr().out
    assert "# from unitlint.toml\n" in shown
    assert 'profile = "strict"\n' in shown
    assert 'fail-on = "error"\n' in shown
    assert "[rule.UL490]\nthreshold = 5.0\n" in shown


def test_the_settings_that_are_shown_can_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "unitlint.toml").write_text('select = ["memory"]\nsystemd-version = "252..257"\n')
    main(["check", "--show-settings"])
    (folder / "again.toml").write_text(capsys.readouterr().out)
    main(["check", "--show-settings", "--config", "again.toml"])
    shown = capsys.readouterr().out
    assert shown.replace("again.toml", "unitlint.toml") == (folder / "again.toml").read_text()


def test_statistics_by_rule_and_by_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--select", "memory", "--statistics"])
    assert capsys.readouterr().out.splitlines()[:2] == [
        "2  UL301     no-memory-max",
        "2  UL304     oom-score-adjust-extreme",
    ]
    main(["check", "--select", "UL301", "--statistics-by", "file"])
    assert capsys.readouterr().out.splitlines()[:2] == ["1  app.service", "1  db.service"]
    main(["check", "--select", "memory", "--statistics-by", "file", "--output-format", "json"])
    rows = json.loads(capsys.readouterr().out)["statistics"]
    assert rows == [{"path": "app.service", "count": 2}, {"path": "db.service", "count": 2}]


@pytest.mark.parametrize("by", COUNTED)
@pytest.mark.parametrize("name", FORMATS)
def test_statistics_with_every_format(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, by: str
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    words = ["check", "--select", "UL301", "--output-format", name]
    main(words)
    alone = capsys.readouterr()
    main([*words, "--statistics-by", by])
    counted = capsys.readouterr()
    table = "2  UL301     no-memory-max\n" if by == "rule" else "1  app.service\n1  db.service\n"
    if name == "json":
        rows = json.loads(counted.out)["statistics"]
        assert [row["count"] for row in rows] == ([2] if by == "rule" else [1, 1])
    elif name in ("full", "concise", "auto"):
        assert counted.out.startswith(table)
    else:  # the document stays as it is
        assert counted.out == alone.out
        assert counted.err == f"{alone.err}{table}Found 2 findings (2 infos) in 2 files.\n"


def test_statistics_beside_a_machine_format(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--select", "UL301", "--statistics", "--output-format", "json-lines"])
    printed = capsys.readouterr()
    assert [json.loads(line)["code"] for line in printed.out.splitlines()] == ["UL301", "UL301"]
    assert printed.err.startswith("2  UL301     no-memory-max\n")


def test_a_usage_error_shows_the_usage_of_the_subcommand(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--statistic-by", "file"])
    told = capsys.readouterr().err
    assert told.startswith("usage: unitlint check ")
    assert told.endswith("unrecognized arguments: --statistic-by\n  did you mean `--statistics-by`?\n")


@pytest.mark.parametrize(
    ("word", "hint"),
    [("UL30", "did you mean UL301 no-memory-max, UL302"), ("memory-high", "did you mean UL303 memory-high-above-max?")],
)
def test_a_rule_that_is_only_begun(word: str, hint: str) -> None:
    from unitlint.base.errors import UnitlintError

    with pytest.raises(UnitlintError) as raised:
        main(["rule", word])
    assert (raised.value.hint or "").startswith(hint)


def test_public_names() -> None:
    import unitlint

    assert dir(unitlint) == sorted(unitlint.__all__)
