"""--systemd-version."""

from __future__ import annotations

import pytest

from unitlint.base.errors import BadValueError
from unitlint.catalogue import NEWEST
from unitlint.settings.releases import parse_releases


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
    ],
)
def test_forms(value: object, releases: tuple[int, ...]) -> None:
    assert parse_releases(value) == releases


@pytest.mark.parametrize("value", ["", "abc", "252..", "262..252", 12, NEWEST + 1, True, None, "9" * 5000, "²"])
def test_mistakes(value: object) -> None:
    with pytest.raises(BadValueError):
        parse_releases(value)
