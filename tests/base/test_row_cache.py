"""The cache of compiled rules: kept and found, never believed where others may write, and small."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unitlint.base import row_cache

NAME, KEY = "rules-0.json", "form a/rule.yaml 1 2 3"
ROWS = [("UL1", ("a", "b"), [1, {"x": ["y"]}], None, True, "\udcff"), ("UL2", (), [], 0, False, "")]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "unitlint"


def test_rows_come_back_as_they_were() -> None:
    row_cache.store(NAME, KEY, ROWS)
    assert repr(row_cache.load(NAME, KEY)) == repr(ROWS)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.text(max_size=2),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text("ab", max_size=2), inner, max_size=2)
    ),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 3).flatmap(lambda width: st.lists(st.tuples(*[_VALUES] * width), max_size=5)))
def test_rows_of_any_values_come_back_with_their_types(rows: list[tuple[object, ...]]) -> None:
    row_cache.store(NAME, KEY, rows)
    assert repr(row_cache.load(NAME, KEY)) == repr(rows)


def test_another_key_finds_nothing() -> None:
    row_cache.store(NAME, KEY, ROWS)
    assert row_cache.load(NAME, "form a/rule.yaml 1 2 4") is None


def test_a_folder_or_file_that_others_may_write_is_not_believed(folder: Path) -> None:
    row_cache.store(NAME, KEY, ROWS)
    (folder / NAME).chmod(0o622)
    assert row_cache.load(NAME, KEY) is None
    (folder / NAME).chmod(0o600)
    assert row_cache.load(NAME, KEY) == ROWS
    folder.chmod(0o777)
    assert row_cache.load(NAME, KEY) is None


def test_a_link_in_place_of_folder_or_file_is_not_followed(folder: Path, tmp_path: Path) -> None:
    row_cache.store(NAME, KEY, ROWS)
    (folder / NAME).rename(tmp_path / NAME)
    (folder / NAME).symlink_to(tmp_path / NAME)
    assert row_cache.load(NAME, KEY) is None
    (folder / NAME).unlink()
    folder.rename(tmp_path / "elsewhere")
    (tmp_path / NAME).rename(tmp_path / "elsewhere" / NAME)
    folder.symlink_to(tmp_path / "elsewhere")
    assert row_cache.load(NAME, KEY) is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_what_belongs_to_another_user_is_not_believed(folder: Path) -> None:
    row_cache.store(NAME, KEY, ROWS)
    os.chown(folder / NAME, 12345, 12345)
    assert row_cache.load(NAME, KEY) is None


@pytest.mark.parametrize("base", ["relative", ".", "./cache"])
def test_a_relative_path_is_no_cache_folder(base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", base)
    monkeypatch.setenv("HOME", base)
    assert row_cache.cache_folder() is None
    row_cache.store(NAME, KEY, ROWS)
    assert os.listdir(tmp_path) == []
    monkeypatch.delenv("HOME")
    found = row_cache.cache_folder()
    assert found is None or os.path.isabs(found)


def test_a_cache_that_is_used_does_not_go(folder: Path) -> None:
    row_cache.store(NAME, KEY, ROWS)
    for number in range(row_cache.MOST_FILES - 1):
        row_cache.store(f"rules-own-{number}.json", KEY, ROWS)
        os.utime(folder / f"rules-own-{number}.json", (number, number))
    os.utime(folder / NAME, (0, 0))
    assert row_cache.load(NAME, KEY) == ROWS
    row_cache.store("rules-own.json", KEY, ROWS)
    assert len(list(folder.iterdir())) == row_cache.KEPT
    assert row_cache.load(NAME, KEY) == ROWS


def test_old_caches_and_those_of_earlier_versions_go(folder: Path) -> None:
    row_cache.store(NAME, KEY, ROWS)
    for number in range(row_cache.MOST_FILES + 5):
        (folder / f"rules-{number}.marshal").write_bytes(b"")
        os.utime(folder / f"rules-{number}.marshal", (number, number))
    (folder / "notes.txt").write_text("somebody else's")
    row_cache.store("rules-new.json", KEY, ROWS)
    left = os.listdir(folder)
    assert len(left) == row_cache.KEPT + 1
    assert {"rules-new.json", NAME, "notes.txt"} <= set(left)
    assert "rules-0.marshal" not in left


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_bytes_do_harm(folder: Path, data: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / NAME).write_bytes(data)
    assert row_cache.load(NAME, KEY) is None


_LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
_JSON = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_JSON)
def test_no_json_does_harm(folder: Path, value: object) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for text in (json.dumps(value), json.dumps([KEY, value, value]), "[" * 100_000, '[NaN,[1],"'):
        (folder / NAME).write_text(text)
        found = row_cache.load(NAME, KEY)
        assert found is None or isinstance(found, list)
