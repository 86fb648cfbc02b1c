"""Arguments of a wrong type say what is expected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import unitlint


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (unitlint.check_paths, "paths must be a str, a path or a list of these"),
        (unitlint.check_overlay, "texts must be a dict of paths to texts"),
        (unitlint.load_unit, "path must be a str or a path"),
        (unitlint.exposure, "unit must be a Unit, a str or a path"),
    ],
)
@pytest.mark.parametrize("wrong", [3, [3], b"a.service"])
def test_the_message_names_what_is_expected(call: Callable[[Any], object], expected: str, wrong: object) -> None:
    with pytest.raises(TypeError, match=expected):
        call(wrong)


@pytest.mark.parametrize("call", [unitlint.load_unit, unitlint.exposure])
@pytest.mark.parametrize("release", ["257", 257.5, None])
def test_a_release_is_a_number(call: Callable[..., object], release: object) -> None:
    with pytest.raises(TypeError, match="systemd_version must be a release such as 257"):
        call("a.service", systemd_version=release)
