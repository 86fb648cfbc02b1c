"""Settings files: which one holds, what they may say, and where a mistake stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint.base.errors import UnitlintError
from unitlint.settings.files import find, group_by_settings, load
from unitlint.settings.model import Settings, from_keywords

OWN = 'profile = "strict"\nselect = ["UL3", "UL101"]\n'


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", "[tool.unitlint]\n" + OWN),
        ("unitlint.toml", OWN),
        (".unitlint.toml", OWN),
        ("tox.ini", "[unitlint]\nprofile = strict\nselect = UL3, UL101\n"),
        ("setup.cfg", "[unitlint]\nprofile = strict\nselect =\n    UL3\n    UL101\n"),
    ],
)
def test_every_kind_of_file(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path / name, text)
    settings = find(str(tmp_path / "a" / "b"))
    assert settings.profile == "strict"
    assert settings.select == ("UL3", "UL101")
    assert settings.source is not None
    assert settings.source.endswith(name)


def test_nearest_wins_and_files_without_our_section_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "unitlint.toml", 'profile = "strict"')
    write(tmp_path / "near" / "unitlint.toml", 'profile = "conform"')
    write(tmp_path / "other" / "pyproject.toml", '[project]\nname = "unitlint-user"')
    write(tmp_path / "other" / "tox.ini", "[tox]\nenv_list = unitlint\n")
    assert find(str(tmp_path / "near")).profile == "conform"
    assert find(str(tmp_path / "other")).profile == "strict"
    groups = group_by_settings([str(tmp_path / "near"), str(tmp_path / "other"), str(tmp_path)])
    assert [(one.profile, len(paths)) for one, paths in groups] == [("conform", 1), ("strict", 2)]


def test_the_whole_of_it(tmp_path: Path) -> None:
    text = """\
[tool.unitlint]
extend-select = ["UL4"]
ignore = ["UL302"]
exclude = ["a/"]
extend-exclude = ["b/"]
systemd-version = "247,252"
root = "image"
respect-gitignore = false
fail-on = "error"
rules = ["policy"]
[tool.unitlint.per-file-ignores]
"legacy/**" = ["UL1"]
[tool.unitlint.rule.UL301]
limit = 3
"""
    settings = load(write(tmp_path / "pyproject.toml", text))
    assert settings.exclude == ("a/", "b/")
    assert settings.systemd_version == (247, 252)
    assert settings.root == str(tmp_path / "image")
    assert settings.rules == (str(tmp_path / "policy"),)
    assert settings.fail_on == "error"
    assert settings.respect_gitignore is False
    assert settings.per_file_ignores == {"legacy/**": ("UL1",)}
    assert settings.options == {"UL301": {"limit": 3}}


def test_ini_tables(tmp_path: Path) -> None:
    text = "[unitlint]\nper-file-ignores =\n    old/*: UL1, UL2\n[unitlint.rule.UL301]\nlimit = 3\nstrict = true\n"
    settings = load(write(tmp_path / "tox.ini", text))
    assert settings.per_file_ignores == {"old/*": ("UL1", "UL2")}
    assert settings.options == {"UL301": {"limit": 3, "strict": True}}


@pytest.mark.parametrize(
    ("name", "text", "line", "hint"),
    [
        ("pyproject.toml", "[tool.unitlint]\nselect = []\nprofle = 'x'\n", 3, "profile"),
        ("pyproject.toml", "[tool.unitlint]\nprofile = 'strickt'\n", 2, "strict"),
        ("pyproject.toml", "[tool.other]\nselect = 1\n[tool.unitlint]\nselect = 3\n", 4, None),
        ("pyproject.toml", "[tool.unitlint.rul.UL301]\nx = 1\n", 1, "rule"),
        ("unitlint.toml", "select = [\n", 1, None),
        ("unitlint.toml", "systemd-version = 'new'\n", 1, "252"),
        ("tox.ini", "[tox]\n\n[unitlint]\nfail-on = warn\n", 4, "warning"),
        ("setup.cfg", "[unitlint]\nnonsense\n", 2, None),
    ],
)
def test_mistakes_have_a_place(tmp_path: Path, name: str, text: str, line: int, hint: str | None) -> None:
    path = write(tmp_path / name, text)
    with pytest.raises(UnitlintError) as caught:
        find(str(tmp_path))
    error = caught.value
    assert error.path is not None
    assert Path(error.path).resolve() == Path(path).resolve()
    # Where a bracket is never closed, releases of Python differ on the line.
    assert error.line == line or "TOML" in error.message
    if hint:
        assert hint in (error.hint or "")


@pytest.mark.parametrize("folder", [".", "units", "units/deep"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("pyproject.toml", b"[project\nname = 'x'\n"), ("pyproject.toml", b"<<<<<<< HEAD\n[project]\n"),
        ("pyproject.toml", "[tool.unitlint]\n".encode("utf-16")), ("pyproject.toml", b"[project]\nname = '\xff'\n"),
        ("pyproject.toml", b"[project]\n[project]\n"), ("unitlint.toml", b"\0"), (".unitlint.toml", b"profile\n"),
        ("tox.ini", b"env_list = py\n[tox]\n"), ("setup.cfg", b"\xff\xfe[\0"), ("tox.ini", b"[testenv]\n \xe9 = 1\n"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_parsed_is_an_error_whatever_it_holds(
    tmp_path: Path, folder: str, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    with pytest.raises(UnitlintError) as caught:
        find(str(tmp_path / folder))
    assert str(caught.value.path).endswith(name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tox.ini", "[testenv:units]\ndeps: unitlint\ncommands: unitlint check\nallowlist\n"),
        ("setup.cfg", "[metadata]\nname: x\n# unitlint\n[options]\nzip_safe\n"),
        ("pyproject.toml", "[project]\nname = 'x'\n"), ("tox.ini", ""), ("pyproject.toml", ""),
    ],
)  # fmt: skip
def test_files_of_other_programs_are_no_settings(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path / name, text)
    assert find(str(tmp_path)).source is None


def test_config_without_our_section(tmp_path: Path) -> None:
    with pytest.raises(UnitlintError, match="section"):
        load(write(tmp_path / "pyproject.toml", "[project]\n"))
    with pytest.raises(UnitlintError, match="cannot read"):
        load(str(tmp_path / "absent.toml"))


def test_keywords() -> None:
    settings = from_keywords(Settings(exclude=("a",)), {"systemd_version": 252, "extend_exclude": ["b"], "root": None})
    assert settings.systemd_version == (252,)
    assert settings.exclude == ("a", "b")
    with pytest.raises(UnitlintError, match="profle"):
        from_keywords(Settings(), {"profle": "strict"})
