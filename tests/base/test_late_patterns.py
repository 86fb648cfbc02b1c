"""A pattern that is compiled when it is used does what a compiled one does."""

from __future__ import annotations

import re

import pytest

from unitlint.base.late_patterns import late_pattern


def test_it_is_compiled_at_its_first_use_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile
    monkeypatch.setattr(re, "compile", lambda text, flags=0: compiled.append(text) or real(text, flags))
    pattern = late_pattern(r"(?i)(a+)b")
    assert compiled == []
    found = pattern.fullmatch("AAb")
    assert found is not None
    assert found[1] == "AA"
    assert pattern.fullmatch("b") is None
    assert compiled == [r"(?i)(a+)b"]
    assert pattern.sub("-", "xaby") == "x-y"
