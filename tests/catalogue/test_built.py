"""The modules that hold the facts are what the command makes of data/, and the data itself is whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import build_catalogue
from tools.build_security import changed
from unitlint.catalogue import (
    MEASURED,
    NEWEST,
    OLDEST,
    RELEASES,
    TABLES,
    all_entries,
    directives_of,
    known,
    lookup,
    parser_of,
)
from unitlint.values.table import grammar_of

DATA = build_catalogue.REPOSITORY / "data"
PACKAGE = build_catalogue.REPOSITORY / "src" / "unitlint"
TAKES_ALL = frozenset(("config_parse_string",))
"""Parsers that take every value."""


def test_the_modules_are_up_to_date() -> None:
    made = build_catalogue.modules(DATA)
    stale = [name for name, text in made.items() if (PACKAGE / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run python -m tools.build_catalogue"


def test_check_says_which_module_is_out_of_date(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tools.build_catalogue", "--into", str(tmp_path)]
    stale = subprocess.run([*command, "--check"], capture_output=True, text=True, check=False)
    assert stale.returncode == 1
    assert "catalogue/_directives.py: out of date" in stale.stdout
    assert not list(tmp_path.rglob("*.py"))
    built = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "catalogue/_directives.py: written" in built.stdout
    assert subprocess.run([*command, "--check"], capture_output=True, text=True, check=True).stdout == ""


def test_releases_are_in_order() -> None:
    assert list(MEASURED) == sorted(MEASURED)
    assert set(MEASURED) <= set(RELEASES)
    assert MEASURED[0] == OLDEST
    assert MEASURED[-1] <= NEWEST


def test_dates_of_words_are_about_words_that_are_there() -> None:
    for entry in all_entries():
        words = {*entry.get("enum", ()), *entry.get("keywords", ())}
        dated = {*entry.get("enum_since", ()), *entry.get("enum_removed", ())}
        assert not entry.get("enum") or set(entry.get("enum_since", ())) <= words, entry["name"]
        assert all(isinstance(word, str) for word in dated)


@pytest.mark.parametrize("release", MEASURED)
def test_every_parser_of_unit_files_has_a_grammar(release: int) -> None:
    parsers = {}
    of_units = [lookup("unit", section, name) for section in TABLES["unit"] for name in directives_of("unit", section)]
    for entry in filter(None, of_units):
        parser = parser_of(entry, release) if known(entry, release) else None
        if parser is not None and entry.get("removed_in", NEWEST + 1) > release:
            parsers[parser] = entry["name"]
    missing = {parser: name for parser, name in parsers.items() if grammar_of(parser) is None}
    assert {parser: name for parser, name in missing.items() if parser not in TAKES_ALL} == {}


def test_a_parser_that_changed_is_known_at_each_release() -> None:
    entry = lookup("unit", "Service", "PrivateTmp")
    assert entry is not None
    parsers = [parser_of(entry, release) for release in (OLDEST, NEWEST)]
    assert parsers == ["config_parse_bool", "config_parse_private_tmp"]


@pytest.mark.parametrize(
    ("field", "said"),
    [('since = 263, enumm = ["a"]', "Foo: unknown field enumm; did you mean enum?"), ("since = ,", "Invalid value")],
)
def test_a_mistake_in_the_data_is_named(tmp_path: Path, field: str, said: str) -> None:
    text = '[[group]]\nfiles = ["unit"]\nsections = ["Service"]\n[group.directives]\nFoo = {' + field + "}\n"
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(SystemExit, match=r"mine\.toml") as stopped:
        build_catalogue.directives_module(tmp_path)
    assert said in str(stopped.value)


def test_changes_of_a_group() -> None:
    assert changed([], "b a") == ["b", "a"]
    assert changed(["a", "b"], "+c -a") == ["b", "c"]
    assert changed(["a"], "+b") == ["a", "b"]


ITEMS = build_catalogue.REPOSITORY.parent / "shared" / "data" / "systemd-items"


@pytest.mark.parametrize("release", [239, 245, 247, 249, 251, 252, 254, 255, 257, 262])
def test_the_directives_of_each_release_are_those_that_systemd_lists(release: int) -> None:
    listing = ITEMS / f"{release}.txt"
    if not listing.is_file():
        pytest.skip("systemd's own lists of its directives (../shared/data/systemd-items) are not here")
    theirs = set()
    section = ""
    for line in listing.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif "=" in line:
            theirs.add((section, line.partition("=")[0]))
    ours = {
        (section, name)
        for section in TABLES["unit"]
        for name in directives_of("unit", section)
        if (entry := lookup("unit", section, name)) is not None
        and known(entry, release)
        and parser_of(entry, release) != "config_parse_warn_compat"
    }
    assert ours == theirs
