"""`unitlint init` in projects of several kinds, as people use it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from unitlint.catalogue import NEWEST, OLDEST

UNIT = "[Unit]\nDescription=Web\n\n[Service]\nExecStart=/usr/bin/web\n"
HOOKS = "# ours\nrepos:\n  - repo: https://example.org/a\n    rev: v1\n    hooks:\n      - id: a\n"


def init(folder: Path, *words: str, answers: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "unitlint", "init", *words]
    return subprocess.run(
        command, cwd=folder, input=answers, capture_output=True, text=True, check=False, env=os.environ
    )


def texts(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / "web.service").write_text(UNIT)
    return tmp_path


@pytest.fixture
def full_project(project: Path) -> Path:
    (project / "pyproject.toml").write_text(
        "[project]\nname = 'x'  # c\n\n[tool.pytest.ini_options]\naddopts = '-ra'\n"
    )
    (project / ".pre-commit-config.yaml").write_text(HOOKS)
    (project / "tox.ini").write_text("[tox]\nenv_list = py  # c\n")
    (project / ".github").mkdir()
    (project / ".gitlab-ci.yml").write_text("# c\na:\n  script: b\n")
    return project


def test_quadlets_are_units_too(tmp_path: Path) -> None:
    (tmp_path / "web.container").write_text("[Container]\nImage=docker.io/library/nginx:1\n")
    (tmp_path / "mail.service.j2").write_text(UNIT)
    done = init(tmp_path, "--diff")
    assert done.stdout.startswith("Found 1 unit, 1 Quadlet file.\n")


def test_every_part_of_a_full_project(full_project: Path) -> None:
    before = texts(full_project)
    done = init(full_project, "--yes", "--systemd-version=252..257")
    assert done.returncode == 0, done.stderr
    after = texts(full_project)
    assert set(after) == {*before, ".github/workflows/unitlint.yml"}
    for name, text in before.items():
        lines = iter(after[name].splitlines())
        assert all(line in lines for line in text.splitlines()), name
        assert (after[name] != text) == (name != "deploy/web.service"), name
    assert b'\n[tool.unitlint]\nsystemd-version = "252..257"\n' in after["pyproject.toml"]
    assert b"addopts = '-ra'\nunitlint = true\n" in after["pyproject.toml"]
    assert b"- id: unitlint\n" in after[".pre-commit-config.yaml"]
    assert b"[testenv:unitlint]\n" in after["tox.ini"]
    again = init(full_project, "--yes", "--systemd-version=252..257")
    assert (again.returncode, again.stdout.splitlines()[-1]) == (0, "Nothing to do.")
    assert texts(full_project) == after


def test_a_project_with_nothing_but_units(project: Path) -> None:
    done = init(project, "--yes", "--systemd-version", "252")
    assert done.returncode == 0, done.stderr
    assert set(texts(project)) == {"deploy/web.service", "unitlint.toml"}
    assert (project / "unitlint.toml").read_text() == "systemd-version = 252\n"
    assert "pre-commit hook: not used here; --pre-commit adds it." in done.stdout
    assert init(project, "--yes").stdout.splitlines()[-1] == "Nothing to do."


def test_parts_may_be_new(project: Path) -> None:
    done = init(project, "-y", "--pre-commit", "--tox", "--pytest", "--github", "--gitlab", "--no-settings")
    assert done.returncode == 0, done.stderr
    names = {".pre-commit-config.yaml", "tox.ini", "pytest.ini", ".github/workflows/unitlint.yml", ".gitlab-ci.yml"}
    assert set(texts(project)) == {"deploy/web.service", *names}
    again = init(project, "-y", "--pre-commit", "--tox", "--pytest", "--github", "--gitlab", "--no-settings")
    assert again.stdout.splitlines()[-1] == "Nothing to do."


def test_parts_may_be_left_out(full_project: Path) -> None:
    before = texts(full_project)
    words = [f"--no-{part}" for part in ("pre-commit", "tox", "pytest", "github", "gitlab")]
    init(full_project, "--yes", *words)
    after = texts(full_project)
    assert [name for name in after if after[name] != before.get(name)] == ["pyproject.toml"]
    assert b"unitlint = true" not in after["pyproject.toml"]


def test_nothing_is_written_without_a_yes(full_project: Path) -> None:
    before = texts(full_project)
    for answers in ("252\nn\n", "252\n\n"):
        done = init(full_project, answers=answers)
        assert done.returncode == 0
        assert "Nothing was written." in done.stdout
    for answers in ("252\n", ""):
        done = init(full_project, answers=answers)
        assert done.returncode == 2
        assert "no terminal to answer at" in done.stderr
    for option in ("--diff", "--dry-run"):
        done = init(full_project, option)
        assert done.returncode == 0
        assert f"+systemd-version = {NEWEST}\n" in done.stdout
    assert texts(full_project) == before


def test_the_release_is_asked_for_until_it_is_one(project: Path) -> None:
    done = init(project, answers="3\nnew\n247..252\ny\n")
    assert done.returncode == 0, done.stderr
    assert f"the oldest release known here is {OLDEST}" in done.stdout
    assert "has `new`, which is not a release" in done.stdout
    assert (project / "unitlint.toml").read_text() == 'systemd-version = "247..252"\n'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tox.ini", "[unitlint]\nprofile = strict\n"),
        ("setup.cfg", "[unitlint]\nprofile = strict\n"),
        (".unitlint.toml", "profile = 'strict'\n"),
        ("pyproject.toml", "[tool.unitlint]\nprofile = 'strict'\n"),
    ],
)
def test_settings_that_are_there_stay(project: Path, name: str, text: str) -> None:
    (project / name).write_text(text)
    done = init(project, "--yes", "--no-tox", "--systemd-version=252")
    assert "settings: already there." in done.stdout
    assert texts(project) == {"deploy/web.service": UNIT.encode(), name: text.encode()}


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("pytest.ini", "", "[pytest]\nunitlint = true\n"),
        ("pytest.ini", "[pytest]\naddopts = -ra\n", "[pytest]\naddopts = -ra\nunitlint = true\n"),
        ("tox.ini", "[pytest]\nx = 1\n\n# y\n", "[pytest]\nx = 1\nunitlint = true\n\n# y\n"),
        ("setup.cfg", "[tool:pytest]\n; c\nx=1\n; d\n", "[tool:pytest]\n; c\nx=1\nunitlint = true\n; d\n"),
        ("pytest.toml", "[pytest]\n", "[pytest]\nunitlint = true\n"),
        ("pyproject.toml", "[tool.pytest]\nx = 1\n", "[tool.pytest]\nx = 1\nunitlint = true\n"),
    ],
)
def test_where_the_option_of_pytest_goes(project: Path, name: str, text: str, wanted: str) -> None:
    (project / name).write_text(text)
    assert init(project, "--yes", "--no-settings", "--no-tox").returncode == 0
    assert (project / name).read_text() == wanted


def test_tox_in_toml(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.tox]\nenv_list = ["py"]\n')
    init(project, "--yes")
    assert '[tool.tox.env.unitlint]\ndescription = "check' in (project / "pyproject.toml").read_text()
    (project / "pyproject.toml").write_text('[tool.tox]\nlegacy_tox_ini = """\n[tox]\n"""\n')
    done = init(project, "--yes", "--no-settings")
    assert done.returncode == 2
    assert "no tox environment: pyproject.toml: its tox settings are a string" in done.stderr
    assert "[testenv:unitlint]" in done.stderr


def test_line_ends_and_byte_order_marks_stay(full_project: Path) -> None:
    for name in ("pyproject.toml", ".pre-commit-config.yaml", "tox.ini", ".gitlab-ci.yml"):
        text = (full_project / name).read_text().removesuffix("\n").replace("\n", "\r\n")
        (full_project / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    before = texts(full_project)
    assert init(full_project, "--yes").returncode == 0
    after = texts(full_project)
    for name in ("pyproject.toml", ".pre-commit-config.yaml", "tox.ini", ".gitlab-ci.yml"):
        assert after[name].startswith(before[name].split(b"\r\n")[0])
        assert after[name].count(b"\n") == after[name].count(b"\r\n") > before[name].count(b"\n") + 1
    assert init(full_project, "--yes").stdout.splitlines()[-1] == "Nothing to do."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"repos: [\n", "it is not YAML: line 2"),
        (b"repos:\r\n- repo: a\n", "its line ends are of several kinds"),
        (b"# \xff\n", "it is not UTF-8"),
    ],
)
def test_odd_files_are_told_and_left(full_project: Path, data: bytes, reason: str) -> None:
    (full_project / ".pre-commit-config.yaml").write_bytes(data)
    done = init(full_project, "--yes")
    assert done.returncode == 2
    assert f"no pre-commit hook: .pre-commit-config.yaml: {reason}" in done.stderr
    assert (full_project / ".pre-commit-config.yaml").read_bytes() == data
    assert "[testenv:unitlint]" in (full_project / "tox.ini").read_text(), "the others are written all the same"


def test_broken_files_of_several_parts(full_project: Path) -> None:
    (full_project / "pyproject.toml").write_text("[tool\n")
    (full_project / "tox.ini").write_text("key\n")
    done = init(full_project, "--yes")
    assert done.returncode == 2
    assert "no settings: pyproject.toml" in done.stderr
    assert "no tox environment: tox.ini: it is not an ini file" in done.stderr
    assert "Traceback" not in done.stderr


def test_files_are_not_written_through_links_out_of_the_project(
    full_project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "tox.ini"
    other.write_text("[tox]\n")
    (full_project / "tox.ini").unlink()
    (full_project / "tox.ini").symlink_to(other)
    done = init(full_project, "--yes")
    assert done.returncode == 2
    assert "tox.ini: not written: it is a symlink" in done.stderr
    assert other.read_text() == "[tox]\n"


def test_a_folder_below_the_top(full_project: Path) -> None:
    (full_project / ".git").mkdir()
    done = init(full_project / "deploy", "--diff")
    assert "The repository's top is ..: set it up there for pre-commit and CI." in done.stdout
    assert "The repository's top" not in init(full_project, "--diff").stdout


def test_another_folder(full_project: Path) -> None:
    assert init(full_project.parent, "--yes", full_project.name).returncode == 0
    assert "unitlint" in (full_project / "tox.ini").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["empty"], "no units, drop-ins or confs below"),
        (["nowhere"], "no such directory: nowhere"),
        (["--systemd-version=3"], "--systemd-version has 3, but the oldest"),
    ],
)
def test_mistakes(project: Path, words: list[str], said: str) -> None:
    (project / "empty").mkdir()
    done = init(project, "--yes", *words)
    assert (done.returncode, said in done.stderr) == (2, True)
