"""--systemd-version."""

from __future__ import annotations

from copy import copy

import pytest

import unitlint
from unitlint.base.errors import BadValueError
from unitlint.catalogue import NEWEST, RELEASES
from unitlint.settings.releases import parse_releases, target_of


@pytest.mark.parametrize(
    ("value", "releases"),
    [
        ("252", (252,)),
        (252, (252,)),
        ("257, 247", (247, 257)),
        ("252..262", (252, 254, 255, 257, 262)),
        ("250..255", (250, 252, 254, 255)),
        ([252, "254..257"], (252, 254, 255, 257)),
        ("v252", (252,)),
        ("debian12", (252,)),
        ("RHEL8..Debian12", (239, 245, 247, 249, 252)),
        ("rhel9, 252, debian12", (252, 252, 252)),
        ("rhel8..249, ubuntu20.04", (239, 245, 247, 249)),
    ],
)
def test_forms(value: object, releases: tuple[int, ...]) -> None:
    assert parse_releases(value) == releases


@pytest.mark.parametrize("value", ["", "abc", "252..", "262..252", 12, NEWEST + 1, True, None, "9" * 5000, "²"])
def test_mistakes(value: object) -> None:
    with pytest.raises(BadValueError):
        parse_releases(value)


def test_a_name_is_the_release_and_the_word_for_it() -> None:
    (target,) = parse_releases("rhel9")
    assert target == 252
    assert str(target) == "rhel9"
    assert copy(target).backports == target.backports != frozenset()


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("centos9", "did you mean `rhel9`?"),
        ("ubuntu2204", "did you mean `ubuntu22.04`?"),
        ("jammy", "did you mean `ubuntu22.04`?"),
        ("leap15.6", "did you mean `sles15sp6`?"),
        ("systemd-257", "did you mean `257`?"),
        ("debian9", "known names are debian10, debian11, debian12, debian13"),
        ("rhel8..", "a range has two ends, as in rhel8..debian13 or 252..262"),
        ("rhel8 ubuntu20.04", "separate releases with commas: rhel8,ubuntu20.04"),
    ],
)
def test_what_is_meant_by_another_name(word: str, hint: str) -> None:
    with pytest.raises(BadValueError) as raised:
        parse_releases(word)
    assert raised.value.hint == hint


def test_a_name_that_is_none() -> None:
    with pytest.raises(BadValueError, match="`debain12`, which is not a release") as raised:
        parse_releases("debain12")
    assert raised.value.hint == "did you mean `debian12`?"


@pytest.mark.parametrize(
    ("identity", "version", "name"),
    [("rocky", "9.4", "rhel9"), ("ubuntu", "24.04", "ubuntu24.04"), ("sles", "15.6", "sles15sp6"), ("arch", "", None)],
)
def test_the_target_of_an_os_release(identity: str, version: str, name: str | None) -> None:
    target = target_of(identity, version)
    assert (target if target is None else str(target)) == name


@pytest.mark.parametrize("release", RELEASES)
def test_every_release_can_be_checked(release: int) -> None:
    findings = unitlint.check_text("[Service]\nExecStart=/bin/true\nFoo=1\n", "a.service", systemd_version=release)
    assert [finding.line for finding in findings if finding.code == "UL101"] == [3]
