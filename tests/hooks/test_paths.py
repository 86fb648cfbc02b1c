"""Which files the hooks take, read against the manifest itself, and that the program knows them by the same names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from unitlint.catalogue import QUADLET_TYPES, UNIT_TYPES
from unitlint.files.classify import (
    AMBIGUOUS_CONFS,
    CONFS,
    TEMPLATE_ENDINGS,
    classify,
    foreign,
    is_host,
    without_suffix,
)

HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    found = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in found if line and not line.startswith("#")]


def hooks(repository: Path) -> dict[str, dict[str, object]]:
    return {hook["id"]: hook for hook in YAML(typ="safe").load(repository / ".pre-commit-hooks.yaml")}


@pytest.fixture(scope="module")
def pattern(repository: Path) -> re.Pattern[str]:
    return re.compile(str(hooks(repository)["unitlint"]["files"]))


def known(path: str) -> bool:
    """Whether the program takes a file of this name for a unit, drop-in or conf, or looks into it."""
    plain = without_suffix(path)[0]
    return is_host(path) or classify(plain) is not None or plain.rpartition("/")[2] in AMBIGUOUS_CONFS


def test_the_lists_are_long_and_speak_of_each_path_once() -> None:
    good, bad = lines("good-paths.txt"), lines("bad-paths.txt")
    assert len(good) > 80
    assert len(bad) > 80
    assert len({*good, *bad}) == len(good) + len(bad)


@pytest.mark.parametrize("path", lines("good-paths.txt"))
def test_the_hooks_take(path: str, pattern: re.Pattern[str]) -> None:
    assert pattern.search(path)


@pytest.mark.parametrize("path", lines("bad-paths.txt"))
def test_the_hooks_leave(path: str, pattern: re.Pattern[str]) -> None:
    assert not pattern.search(path)


def test_every_type_and_conf_is_taken(pattern: re.Pattern[str]) -> None:
    types = (*UNIT_TYPES, *QUADLET_TYPES)
    for suffix in ("", *TEMPLATE_ENDINGS):
        for one in types:
            assert pattern.search(f"a/b.{one}{suffix}")
            assert pattern.search(f"a/b.{one}.d/c.conf{suffix}")
            assert pattern.search(f"{one}.d/c.conf{suffix}")
        for conf in CONFS:
            assert pattern.search(f"a/{conf}{suffix}")
            assert pattern.search(f"a/{conf}.d/b.conf{suffix}")


def test_real_repositories(shared: Path, pattern: re.Pattern[str]) -> None:
    """The hooks take exactly what the program would find by name in thousands of real paths."""
    corpus = shared / "corpus"
    paths = [str(path.relative_to(corpus)) for path in corpus.rglob("*") if path.is_file() and not path.is_symlink()]
    assert len(paths) > 3000
    taken = {path for path in paths if pattern.search(path)}
    assert sum(path.endswith(".service") for path in taken) > 2500
    wrong = [path for path in paths if (path in taken) != known(path)]
    assert [path for path in wrong if path in taken or not foreign((corpus / path).read_bytes())] == []


def test_the_hooks_themselves(repository: Path) -> None:
    check, fix, whole = (hooks(repository)[name] for name in ("unitlint", "unitlint-fix", "unitlint-all"))
    assert check["files"] == fix["files"]
    for hook in (check, fix):
        assert hook["types"] == ["text"]
        assert "--force-exclude" in str(hook["entry"]).split()
    assert "--fix" in str(fix["entry"]).split()
    assert (whole["pass_filenames"], whole["always_run"]) == (False, True)
    assert all(hook["require_serial"] is True and hook["language"] == "python" for hook in (check, fix, whole))
