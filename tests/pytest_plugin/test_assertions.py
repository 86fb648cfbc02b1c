"""The assertions of unitlint.testing, and what they print."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint import UnitlintError, check_text
from unitlint.testing import (
    Linter,
    SystemdTree,
    assert_clean,
    assert_effective,
    assert_finding,
    assert_no_finding,
    systemd_tree,
)


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
    ],
)
def test_values_compare_by_their_type(tree: SystemdTree, directive: str, expected: object) -> None:
    assert_effective(tree.load("web.service"), directive, expected)  # type: ignore[arg-type]


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
    [("Service.MemoryMx", "did you mean `MemoryMax`"), ("MemoryMax", "names no section")],
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
