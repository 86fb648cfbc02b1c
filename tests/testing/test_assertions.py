"""The assertions of unitlint.testing, and what they print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from unitlint.api import check_text
from unitlint.base.errors import UnitlintError
from unitlint.testing.assertions import assert_clean, assert_finding, assert_no_finding
from unitlint.testing.effective import assert_effective
from unitlint.testing.linter import Linter
from unitlint.testing.tree import SystemdTree, systemd_tree


@pytest.fixture
def tree(tmp_path: Path) -> SystemdTree:
    made = systemd_tree(tmp_path / "root")
    made.unit(
        "web.service",
        """
        [Unit]
        Description=Shop
        After=a.service b.service
        After=c.service

        [Service]
        Type=simple
        User=web
        ExecStart=/usr/bin/web
        MemoryMax=512M
        NoNewPrivileges=yes
        RestartSec=5min
        Restart=on-failure
        """,
    )
    made.drop_in("web.service", "[Service]\nMemoryMax=2G\n", name="10-limits.conf")
    made.binary("usr/bin/web")
    return made


@pytest.mark.parametrize(
    ("directive", "expected"),
    [
        ("Service.MemoryMax", "2G"),
        ("Service.MemoryMax", 2147483648),
        ("Service.MemoryMax", "2048M"),
        ("Service.NoNewPrivileges", True),
        ("Service.NoNewPrivileges", "on"),
        ("Service.RestartSec", 300),
        ("Service.RestartSec", "300s"),
        ("Service.Restart", "on-failure"),
        ("Service.TasksMax", None),
        ("Unit.After", ["a.service b.service", "c.service"]),
        ("Unit.After", ["a.service", "b.service", "c.service"]),
        ("Unit.After", "a.service b.service c.service"),
        ("Unit.After", {"c.service", "a.service", "b.service"}),
        ("Service.RestartSec", 300.0),
        ("Service.ExecStart", Path("/usr/bin/web")),
        ("Service.TasksMax", []),
    ],
)
def test_values_compare_by_their_type(tree: SystemdTree, directive: str, expected: object) -> None:
    assert_effective(tree.load("web.service"), directive, expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("directive", "expected"),
    [
        ("Service.MemoryMax", 2.5),
        ("Service.MemoryMax", []),
        ("Service.NoNewPrivileges", False),
        ("Service.RestartSec", "5s"),
        ("Service.TasksMax", 5),
        ("Unit.After", "c.service"),
        ("Unit.After", ["c.service", "a.service", "b.service"]),
        ("Unit.After", {"a.service", "b.service"}),
    ],
)
def test_other_values_are_other_values(tree: SystemdTree, directive: str, expected: object) -> None:
    with pytest.raises(AssertionError, match=f"{directive.partition('.')[2]}= of web.service is not"):
        assert_effective(tree.load("web.service"), directive, expected)  # type: ignore[arg-type]


def test_of_lists_the_words_are_told_that_differ(tree: SystemdTree) -> None:
    unit = tree.load("web.service")
    with pytest.raises(AssertionError, match=r"\nmissing: d.service\nnot expected: b.service c.service$"):
        assert_effective(unit, "Unit.After", ["a.service", "d.service"])
    with pytest.raises(AssertionError, match="only the order differs"):
        assert_effective(unit, "Unit.After", ["c.service", "b.service", "a.service"])


def test_what_became_of_other_lines_is_told(tree: SystemdTree) -> None:
    tree.drop_in("web.service", "[Service]\nNice=loud\nExecStart=\nExecStart=/usr/bin/other\n")
    with pytest.raises(AssertionError) as failure:
        assert_effective(tree.load("web.service"), "Service.ExecStart", "/usr/bin/web")
    fates = [line.rpartition(": ")[2] for line in str(failure.value).splitlines()[3:]]
    assert fates == ["overridden", "reset"]
    with pytest.raises(AssertionError, match=r"\+ Nice= is not set\n  Nice=loud .*: ignored"):
        assert_effective(tree.load("web.service"), "Service.Nice", 5)


def test_a_difference_shows_every_assignment_with_its_place(tree: SystemdTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree.root)
    with pytest.raises(AssertionError) as failure:
        assert_effective("etc/systemd/system/web.service", "Service.MemoryMax", "1G")
    assert str(failure.value) == (
        "[Service] MemoryMax= of web.service is not what was expected\n"
        "- MemoryMax=1G\n"
        "+ MemoryMax=2G  (etc/systemd/system/web.service.d/10-limits.conf:2)\n"
        "  MemoryMax=512M  (etc/systemd/system/web.service:10): overridden"
    )


def test_what_should_not_be_set(tree: SystemdTree) -> None:
    with pytest.raises(AssertionError, match=r"- MemoryMax= is not set\n\+ MemoryMax=2G"):
        assert_effective(tree.load("web.service"), "Service.MemoryMax", None)


@pytest.mark.parametrize(
    ("directive", "words"),
    [
        ("Service.MemoryMx", "did you mean `MemoryMax`"),
        ("Sevice.MemoryMax", "did you mean `Service`"),
        ("Timer.OnCalendar", "its sections: Install, Service, Unit"),
        ("MemoryMax", "names no section"),
    ],
)
def test_a_misspelt_directive_is_no_difference(tree: SystemdTree, directive: str, words: str) -> None:
    with pytest.raises(UnitlintError) as mistake:
        assert_effective(tree.load("web.service"), directive, "2G")
    assert words in str(mistake.value)


def test_findings_by_code_name_and_place() -> None:
    found = check_text("[Service]\nExecStart=/bin/x\nNice=loud\n", "x.service")
    assert assert_finding(found, "UL103", line=3).directive == "Nice"
    assert_finding(found, "invalid-value", path="x.service", directive="Nice")
    assert_no_finding(found, "UL101")
    with pytest.raises(AssertionError, match=r"no finding UL103 \(line 2\); found:\n(.*\n)*  x.service:3:6: UL103"):
        assert_finding(found, "UL103", line=2)
    with pytest.raises(AssertionError, match="there is invalid-value; found:"):
        assert_no_finding(found, "invalid-value")
    with pytest.raises(AssertionError, match="nothing was found"):
        assert_finding([], "UL103")


def test_findings_of_a_path_a_tree_or_a_text(tree: SystemdTree) -> None:
    unit = tree.unit("bad.timer", "[Timer]\nOnCalendar=dayly\n")
    assert assert_finding(unit, "UL103", line=2).directive == "OnCalendar"
    assert_finding(str(unit), "UL103")
    assert_finding(tree, "UL103", path="bad.timer")
    assert_finding("[Timer]\nOnCalendar=dayly\n", "UL103", name="web.timer", path="web.timer")
    assert_no_finding(unit, "UL103", ignore=["UL103"])
    assert_no_finding(b"[Timer]\nOnCalendar=daily\n", "UL103", name="web.timer")
    with pytest.raises(AssertionError, match="there is UL103; found:"):
        assert_no_finding(unit, "UL103")
    for call in (assert_finding, assert_no_finding):
        with pytest.raises(UnitlintError):
            call(tree.root / "missing.service", "UL103")


def test_a_wrong_argument_is_told_by_its_type(tree: SystemdTree) -> None:
    anything: Any = [7, None, ["bad.timer"], tree.load("web.service")]
    for call in (assert_finding, assert_no_finding):
        for what in anything:
            with pytest.raises(TypeError, match=r"expected a path, a SystemdTree, .*; got "):
                call(what, "UL103")
        with pytest.raises(TypeError, match="settings have no effect: profile"):
            call([], "UL103", profile="strict")


def test_a_rule_that_there_is_not_is_a_mistake_in_the_test(tree: SystemdTree) -> None:
    for call in (assert_finding, assert_no_finding):
        with pytest.raises(UnitlintError, match="no rule of this run is called `invalid-valu`") as mistake:
            call(tree.check(), "invalid-valu")
        assert mistake.value.hint == "did you mean `invalid-value`?"


def test_what_comes_near_is_shown_with_its_lines(tree: SystemdTree) -> None:
    tree.unit("bad.service", "[Service]\nExecStart=/usr/bin/web\nNice=loud\n")
    with pytest.raises(
        AssertionError, match=r"no finding UL103 \(line 2\); found:\n(.*\n)*\n(.*\n)*3 \| Nice=loud\n  \|      \^{4}\n"
    ):
        assert_finding(tree.check(), "UL103", line=2)


def test_a_text_or_a_tree_may_be_clean(tree: SystemdTree) -> None:
    tree.user("web")
    assert_clean(tree, select=["UL5"])
    tree.user("other")
    tree.drop_in("web.service", "[Service]\nUser=nobody-here\n")
    with pytest.raises(AssertionError, match=r"not clean: 1 finding\n.*UL501"):
        assert_clean(tree, select=["UL5"])
    assert_clean("[Timer]\nOnCalendar=daily\n", name="x.timer", profile="conform")
    with pytest.raises(AssertionError, match=r"--> web.timer:2:\d+"):
        assert_clean(b"[Timer]\nOnCalendar=dayly\n", name="web.timer", profile="conform")


def test_clean_is_what_check_calls_clean(tree: SystemdTree) -> None:
    tree.user("web")
    assert_clean(tree.root, root=str(tree.root))
    tree.unit("bad.service", "[Service]\nExecStart=/usr/bin/web\nNice=loud\n")
    with pytest.raises(AssertionError, match=r"UL103 .*error: (.*\n)*.*bad.service:3:6\n(.*\n)*3 \| Nice=loud"):
        assert_clean(tree.root)
    assert_clean(tree.root, select=["UL103"], fail_on="never")


def test_clean_obeys_the_settings_beside_the_units(tree: SystemdTree) -> None:
    tree.unit("bad.service", "[Service]\nType=oneshot\nExecStart=/usr/bin/web\nNice=loud\nUser=x\n")
    tree.file("unitlint.toml", 'ignore = ["UL103"]\n')
    assert_clean(tree.root)


def test_a_tree_knows_its_users_and_programs(tree: SystemdTree) -> None:
    assert_finding(tree.check(), "UL501", directive="User")
    tree.user("web")
    assert_no_finding(tree.check(), "UL501")
    tree.binary("usr/bin/web", mode=0o700)
    assert_finding(tree.check(), "UL504")


def test_a_tree_masks_and_links(tree: SystemdTree) -> None:
    tree.mask("old.service")
    tree.link("etc/systemd/system/multi-user.target.wants/web.service", "../web.service")
    tree.group("staff", "web")
    tree.conf("journald.conf", "[Journal]\nRateLimitBurst=0\n")
    assert tree.load("old.service").masked
    assert_finding(tree.check(), "UL802")


def test_the_linter_takes_paths_from_its_folder(tree: SystemdTree) -> None:
    linter = Linter(tree.root)
    assert linter.unit("etc/systemd/system/web.service").value("Service", "MemoryMax") == "2G"
    with pytest.raises(UnitlintError):
        linter.check("nowhere.service")
