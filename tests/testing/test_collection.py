"""`pytest --unitlint`: one item a file, with what a person at a terminal, -k, --lf and --deselect make of it."""

from __future__ import annotations

import os
import sys
from xml.etree import ElementTree as ET

import pytest

from unitlint.catalogue import NEWEST

GOOD = "[Unit]\nDescription=Good\nDocumentation=man:good(1)\n[Service]\nType=oneshot\nExecStart=/bin/true\nUser=good\n"
BAD = GOOD.replace("User=good", "Uzer=bad")


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with a good and a bad unit, a drop-in, and a test."""
    (pytester.path / "units" / "good.service.d").mkdir(parents=True)
    (pytester.path / "units" / "good.service").write_text(GOOD)
    (pytester.path / "units" / "bad.service").write_text(BAD)
    (pytester.path / "units" / "good.service.d" / "10-more.conf").write_text("[Service]\nNice=5\n")
    (pytester.path / "units" / "notes.txt").write_text("[Service]\nUzer=x\n")
    pytester.makepyfile("def test_one(): pass")
    return pytester


def run(project: pytest.Pytester, *words: str) -> pytest.RunResult:
    return project.runpytest_subprocess("-p", "no:cacheprovider", *words)


def test_nothing_is_collected_without_the_option(project: pytest.Pytester) -> None:
    run(project).assert_outcomes(passed=1)


def test_one_item_a_file(project: pytest.Pytester) -> None:
    done = run(project, "--unitlint", "--collect-only", "-q")
    done.stdout.fnmatch_lines_random(
        [
            "test_one_item_a_file.py::test_one",
            "units/bad.service::unitlint",
            "units/good.service::unitlint",
            "units/good.service.d/10-more.conf::unitlint",
        ]
    )
    assert "notes.txt" not in done.stdout.str()


def test_a_failure_shows_the_findings_and_no_traceback(project: pytest.Pytester) -> None:
    done = run(project, "--unitlint")
    done.assert_outcomes(passed=3, failed=1)
    done.stdout.fnmatch_lines(
        [
            f"unitlint: systemd {NEWEST}, profile default",
            "*_ unitlint: bad.service _*",
            f"UL101 [[][*]] error: systemd {NEWEST} does not know Uzer= in [[]Service] and ignores the line",
            " --> units/bad.service:7:1",
            "7 | Uzer=bad",
            "  | ^^^^",
            "help: did you mean `User`?",
            "FAILED units/bad.service::unitlint*",
        ]
    )
    assert "Traceback" not in done.stdout.str()
    assert "runtest" not in done.stdout.str()


def test_the_settings_of_pytest_turn_it_on(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\nunitlint = true\nunitlint_select = UL301\n")
    done = run(project)
    done.assert_outcomes(passed=4)


@pytest.mark.parametrize(
    ("words", "passed", "failed"),
    [
        (["-k", "bad"], 0, 1),
        (["-k", "good"], 2, 0),
        (["-m", "unitlint"], 2, 1),
        (["-m", "not unitlint"], 1, 0),
        (["--deselect", "units/bad.service::unitlint"], 3, 0),
        (["units/good.service"], 1, 0),
        (["units/bad.service::unitlint"], 0, 1),
        (["units"], 2, 1),
        (["--unitlint-ignore=UL101"], 4, 0),
        (["--unitlint-select=unknown-directive", "--unitlint-fail-on=error"], 3, 1),
        (["--unitlint-select=no-memory-max", "--unitlint-fail-on=error"], 4, 0),
        (["--unitlint-profile=strict", "--unitlint-fail-on=info"], 3, 1),
        (["--unitlint-systemd-version=247..262"], 3, 1),
    ],
    ids=str,
)
def test_choosing(project: pytest.Pytester, words: list[str], passed: int, failed: int) -> None:
    done = project.runpytest_inprocess("-p", "no:cacheprovider", "--unitlint", *words)
    done.assert_outcomes(passed=passed, failed=failed)


def test_last_failed(project: pytest.Pytester) -> None:
    project.runpytest_subprocess("--unitlint").assert_outcomes(passed=3, failed=1)
    project.runpytest_subprocess("--unitlint", "--lf").assert_outcomes(failed=1)


def test_settings_files_and_gitignore_are_obeyed(project: pytest.Pytester) -> None:
    (project.path / "unitlint.toml").write_text('exclude = ["bad.service"]\nsystemd-version = 252\n')
    done = run(project, "--unitlint")
    done.assert_outcomes(passed=3)
    done.stdout.fnmatch_lines(["unitlint: systemd 252, profile default, unitlint.toml"])


def test_a_mistake_in_the_settings_is_one_line(project: pytest.Pytester) -> None:
    done = run(project, "--unitlint", "--unitlint-profile=strickt")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["ERROR: unitlint: `profile` must be one of *", "*did you mean `strict`?"])


def test_an_unreadable_file_fails(project: pytest.Pytester) -> None:
    (project.path / "units" / "loop.service").symlink_to("loop.service")
    done = run(project, "--unitlint", "units/loop.service")
    assert done.ret != 0


def test_units_are_checked_in_one_run(project: pytest.Pytester) -> None:
    """A rule that looks at other units sees them, also where one item alone is run."""
    (project.path / "units" / "a.service").write_text(GOOD.replace("[Service]", "After=b.service\n[Service]"))
    (project.path / "units" / "b.service").write_text(GOOD.replace("[Service]", "After=a.service\n[Service]"))
    done = run(project, "--unitlint", "units", "-k", "a.service or b.service")
    done.stdout.fnmatch_lines(["*UL705*a.service*b.service*"])


def test_a_drop_in_is_checked_with_its_unit(project: pytest.Pytester) -> None:
    """The second ExecStart= is a mistake only beside the first, which stands in a file that pytest was not given."""
    drop_in = project.path / "units" / "good.service.d" / "10-more.conf"
    drop_in.write_text("[Service]\nType=simple\nExecStart=/bin/other\n")
    done = run(project, "--unitlint", "units/good.service.d")
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["*_ unitlint: good.service.d/10-more.conf _*", "UL901 *"])


def test_what_is_nowhere_read_is_an_item_too(project: pytest.Pytester) -> None:
    folder = project.path / "etc" / "systemd" / "system" / "good.service.d"
    folder.mkdir(parents=True)
    (folder / "10-more.con").write_text("[Service]\nNice=5\n")
    run(project, "--unitlint", "etc").assert_outcomes(failed=1)


def test_a_test_that_goes_elsewhere_does_no_harm(project: pytest.Pytester) -> None:
    project.makepyfile(test_away="import os\ndef test_away(tmp_path): os.chdir(tmp_path)\n")
    done = run(project, "--unitlint", "test_away.py", "units")
    done.assert_outcomes(passed=3, failed=1)
    done.stdout.fnmatch_lines([" --> units/bad.service:7:1"])


def test_a_test_file_alone_is_collected_as_ever(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\nunitlint = true\n")
    run(project, "test_a_test_file_alone_is_collected_as_ever.py::test_one").assert_outcomes(passed=1)


def test_paths_count_from_where_they_are_written(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.path / "ci.toml").write_text('ignore = ["UL101"]\n')
    project.makeini("[pytest]\nunitlint = true\nunitlint_config = ci.toml\n")
    monkeypatch.chdir(project.path / "units")
    run(project, ".").assert_outcomes(passed=3)
    (project.path / "units" / "here.toml").write_text('select = ["UL101"]\n')
    run(project, ".", "--unitlint-config=here.toml").assert_outcomes(passed=2, failed=1)


def test_a_baseline_leaves_out_what_is_known(project: pytest.Pytester) -> None:
    project.run(sys.executable, "-m", "unitlint", "check", "--write-baseline", "known.json", "units")
    run(project, "--unitlint", "--unitlint-baseline=known.json").assert_outcomes(passed=4)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("--unitlint-select=UL1O1", "unitlint: no rule answers to `UL1O1`"),
        ("--unitlint-root=nowhere", "unitlint: no such root directory: nowhere"),
        ("--unitlint-config=nowhere.toml", "unitlint: nowhere.toml: cannot read the settings: *"),
        ("--unitlint-baseline=nowhere.json", "unitlint: nowhere.json: cannot read the baseline: *"),
        ("--unitlint-systemd-version=12", "unitlint: `systemd-version` *"),
    ],
)
def test_mistakes_are_told_before_anything_is_collected(project: pytest.Pytester, word: str, told: str) -> None:
    done = project.runpytest_inprocess("--unitlint", word)
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines([f"ERROR: {told}"])


def test_a_report_for_ci_names_the_files(project: pytest.Pytester) -> None:
    run(project, "--unitlint", "--junitxml=junit.xml", "units")
    text = (project.path / "junit.xml").read_text(encoding="utf-8")
    assert 'classname="units.bad.service" name="unitlint"' in text
    assert "does not know Uzer=" in text


@pytest.mark.parametrize("words", [[], ["-n", "2"]])
def test_what_pytest_does_not_collect_and_nobody_can_read_fails(project: pytest.Pytester, words: list[str]) -> None:
    if words:
        pytest.importorskip(
            "xdist", reason="pytest-xdist is not installed; the tox environments plugin-pytest… have it"
        )
    os.mkfifo(project.path / "units" / "waits.service")
    done = run(project, "--unitlint", "--junitxml=report.xml", *words)
    done.assert_outcomes(passed=3, failed=2)
    done.stdout.fnmatch_lines(["*waits.service: is a FIFO, not a file*"])
    assert 'failures="2"' in (project.path / "report.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["--junitxml=report.xml"], ["--junitxml=report.xml", "-o", "junit_family=xunit1"]])
def test_a_report_takes_names_that_are_no_utf_8(project: pytest.Pytester, words: list[str]) -> None:
    name = os.fsdecode(b"caf\xe9.service")
    try:
        (project.path / name).write_text(BAD)
    except OSError:
        pytest.skip("this file system knows UTF-8 alone")
    run(project, "--unitlint", *words).assert_outcomes(passed=3, failed=2)
    report = ET.parse(project.path / "report.xml")  # noqa: S314  # our own
    cases = {(case.get("classname"), case.get("name")) for case in report.iter("testcase")}
    assert ("caf\\xe9.service", "unitlint") in cases


def test_xdist(project: pytest.Pytester) -> None:
    pytest.importorskip("xdist", reason="pytest-xdist is not installed; the tox environments plugin-pytest… have it")
    done = run(project, "--unitlint", "-n", "2")
    done.assert_outcomes(passed=3, failed=1)
    done.stdout.fnmatch_lines(["*unitlint: bad.service*", "UL101 *", "FAILED units/bad.service::unitlint*"])


@pytest.mark.parametrize("plugin", ["testinfra", "pytest_ansible"])
def test_beside_other_plugins_for_infrastructure(project: pytest.Pytester, plugin: str) -> None:
    """No option, ini key or fixture of theirs is ours."""
    pytest.importorskip(plugin, reason=f"{plugin} is not installed; the tox environment plugin-… of that name has it")
    run(project, "--unitlint").assert_outcomes(passed=3, failed=1)
    project.makepyfile("def test_one(unitlint, systemd_tree): assert systemd_tree.check() == []")
    run(project).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    "name", ["\x1b[31mred.service", "::error::x.service", "a\n::error::y.service", "##vso[a]b.service"]
)
@pytest.mark.parametrize("words", [["-v"], ["-v", "-n", "2"], ["--collect-only", "-q"], ["-rA"]])
def test_names_steer_nothing(project: pytest.Pytester, name: str, words: list[str]) -> None:
    if "-n" in words:
        pytest.importorskip(
            "xdist", reason="pytest-xdist is not installed; the tox environments plugin-pytest… have it"
        )
    (project.path / name).write_text(BAD)
    (project.path / f"{name[:-8]}2.service").mkdir()
    done = run(project, "--unitlint", "-p", "no:cacheprovider", *words)
    shown = "\n".join([*done.outlines, *done.errlines])
    assert name[-9:] in shown
    assert "\x1b" not in shown
    assert not [line for line in shown.splitlines() if line.lstrip().startswith("::") or "##vso[" in line]


def test_words_of_settings_steer_nothing(project: pytest.Pytester) -> None:
    (project.path / "unitlint.toml").write_text('ignore = ["\\n::error::x", "\\u001b[31m"]\n')
    done = run(project, "--unitlint")
    shown = "\n".join([*done.outlines, *done.errlines])
    assert "no rule answers to" in shown
    assert "\x1b" not in shown
    assert "\n::error" not in shown
