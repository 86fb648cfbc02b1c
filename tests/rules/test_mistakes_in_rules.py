"""What is wrong in a rule.yaml is told at its place, with what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

import unitlint
from tests.rules.own_rule import HEAD, findings
from unitlint.base.errors import UnitlintError
from unitlint.rules.compile import compile_files


@pytest.mark.parametrize(
    ("lines", "line", "column", "words"),
    [
        ("match: {Service.User: {sett: true}}", 10, 24, "did you mean `set`"),
        ("match: {Service.MemoryMx: {set: true}}", 10, 9, "did you mean `MemoryMax`"),
        ("match: {Servic.User: {set: true}}", 10, 9, "did you mean `Service`"),
        ("match: {Unit.User: {set: true}}", 10, 9, "it is in [Service]"),
        ("match:\n  al:\n    - Service.User: {set: true}", 11, 3, "did you mean `all`"),
        ("match: {Service.User: {matches: '(a)\\1'}}", 10, 33, "back-reference"),
        ("match: {Service.User: {matches: '('}}", 10, 33, "not a regular expression"),
        ("match: {Service.User: {at-least: 5}}", 10, 34, "are not more or less than one another"),
        ("match: {Service.RestartSec: {at-least: 5 minits}}", 10, 40, "`5 minits` is not a valid time span"),
        ("match: {Service.Type: {equals: notfy}}", 10, 32, "did you mean `notify`"),
        ("match: {Service.UMask: {equals: 0022}}", 10, 33, "write it in quotes"),
        ("match: {Service.Nice: {in: 5}}", 10, 24, "`in` needs a list"),
        ("match: {Service.User: {equals: [a]}}", 10, 24, "use `in`"),
        ("match: {Service.User: {set: false, equals: a}}", 10, 24, "use `or-unset: true`"),
        ("match: {Service.User: {or-unset: true}}", 10, 24, "needs another word"),
        ("match: {Service.User: {in: {option: allowd}}}\noptions: {allowed: []}", 10, 37, "did you mean `allowed`"),
        ("match: {Service.User: {matches: {option: a}}}\noptions: {a: x}", 10, 24, "use `glob`"),
        (
            "match: {Service.RestartSec: {at-least: {option: a}}}\noptions: {a: x}",
            10,
            40,
            "`x` is not a valid time span",
        ),
        ("match: {Service.MemoryMax: {at-least: 5GB}}", 10, 39, "is not a valid size or percentage, such as 2G"),
        ("match: {User: {set: true}}", 10, 9, "did you mean `Service.User`"),
        ("match: {service.user: {set: true}}", 10, 9, "did you mean `Service.User`"),
        ("match: [{Service.User: {set: true}}]", 10, 8, "write `all:` or `any:` before a list"),
        ("match: {all: [{Service.User: {set: true}}, root]}", 10, 44, "a condition is a mapping"),
        ("match: root", 10, 8, "a condition is a mapping"),
        ("match: {unit-nam: {glob: x}}", 10, 9, "did you mean `unit-name`"),
        ("match: {unit-name: {at-least: 5}}", 10, 21, "cannot be used with unit-name"),
        ("match: {unit-name: {glob: x}}\nrequire: [unit-name: {glob: x}]", 11, 1, "cannot be combined"),
        ("match: {Service.User: {set: false}}\nvalue-contains: [root]", 11, 1, "`value-contains` needs `directives`"),
        ("match: {Service.User: {set: true}}\ncontains: [a]\nvalue-contains: [b]", 12, 1, "cannot be combined"),
        ("require: {Service.User: {set: true}}", 10, 1, "`require` needs a list"),
        ("require: [Service.User: {set: true}]\nat: Service.User", 11, 1, "has its own place"),
        ("when: {Service.User: {set: true}}", 10, 1, "goes with `require`"),
        ("match: {Service.User: {set: true}}\nmessage-when-unset: '{valu}'", 11, 21, "did you mean `value`"),
        ("match: {Service.User: {set: true}}\nmessage-when-unset: '{'", 11, 21, "not a message"),
        ("severty: error", 10, 1, "did you mean `severity`"),
        ("confidence: sure", 10, 13, "choose high, medium, low"),
        ("match: [", 10, 9, "not valid YAML"),
    ],
)
def test_mistakes_are_placed(tmp_path: Path, lines: str, line: int, column: int, words: str) -> None:
    with pytest.raises(UnitlintError) as caught:
        findings(tmp_path, lines, "")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "place", "message", "hint"),
    [
        ("match: {Own.Memorymax: {set: true}}", (10, 9), "systemd knows no directive `Memorymax`", "MemoryMax"),
        ("match: {any-of: {set: true}}", (10, 9), "`any-of` needs a list of `directives`", "Service.User"),
        ("match: {any-of: {directives: [Service.Usr], set: true}}", (10, 31), "no directive `Service.Usr`", "User"),
        ("match: {any-of: {directives: [Service.User]}}", (10, 9), "has no condition", "set"),
        ("match: {Service.User: {program: x}}", (10, 24), "`program` applies only to commands", None),
        ("match: {Service.User: {note: x}}", (10, 9), "`Service.User` has no condition", "set"),
        ("match: {Service.User: {set: true, as: a-b}}", (10, 39), "`a-b` is not a name", "letters"),
        ("match: {Service.User: {set: true, as: value}}", (10, 39), "{value} means something else", "another"),
        ("match: {Service.User: {set: true, reason: '{nope}'}}", (10, 43), "nothing is called {nope}", None),
        ("match: {Service.ExecStart: {prefix: '~'}}", (10, 37), "`~` is not a prefix", "!!"),
        ("match: {Service.ExecStart: {program: a, matches: b}}", (10, 41), "cannot be combined", "all"),
        ("match: {any-command: {set: true}}", (10, 9), "`any-command` needs a condition about a command", "program"),
        ("match: {Service.PrivateTmp: {enabled: maybe}}", (10, 30), "`enabled` is true or false", None),
        ("match: {release: {equals: 252}}", (10, 19), "`equals` cannot be used with release", "at-least"),
        ("match: {release: {at-least: new}}", (10, 29), "`new` is not a release", "257"),
        ("match: {Service.MemoryMax: {other-than: lots}}", (10, 41), "`lots` is not a valid size", None),
        ("caret: here\nmatch: {Service.User: {set: true}}", (10, 8), "`here` is not a valid caret", "item"),
    ],
)
def test_mistakes_in_the_newer_words(
    tmp_path: Path, lines: str, place: tuple[int, int], message: str, hint: str | None
) -> None:
    with pytest.raises(UnitlintError) as raised:
        findings(tmp_path, lines, "[Service]\nNice=1")
    mistake = raised.value
    assert message in str(mistake)
    assert (mistake.line, mistake.column) == place, str(mistake)
    if hint is not None:
        assert hint in (mistake.hint or "")


def test_own_needs_a_type_with_that_directive(tmp_path: Path) -> None:
    rule = tmp_path / "XX001-own-rule"
    rule.mkdir()
    head = HEAD.format(code="XX001").replace("[all]", "[timer, path]")
    (rule / "rule.yaml").write_text(head + "match: {Own.MemoryMax: {set: true}}")
    with pytest.raises(UnitlintError, match="MemoryMax= is never in the section of a timer or path"):
        unitlint.check_text("[Timer]\n", "x.timer", rules=[str(tmp_path)])


@pytest.mark.parametrize("text", ["? {a: b}\n: c\n", "? [a]\n: b\n", "{}: b\n"])
def test_a_key_that_is_no_word_is_a_mistake_at_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(text)
    with pytest.raises(UnitlintError) as mistake:
        compile_files([str(path)])
    assert mistake.value.path == str(path)
