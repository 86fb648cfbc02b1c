"""Words that nobody reads twice: what people are told has none of our private vocabulary."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from unitlint.cli.parser import COMMANDS, main

FORBIDDEN = {
    r"\bmend(s|ed|ing|able)?\b": "fix",
    r"\btells nobody\b": "silently",
    r"\b(it is|is) none of\b": "say what is accepted",
    r"\bit is no\b": "is not a …",
    r"\bputs? up with\b": "accept, ignore",
    r"\bgo(es)? ill\b": "conflicts with",
    r"\bgoes? badly\b": "conflicts with",
    r"\blines? (that )?hold\b": "takes effect",
    r"\bfor ever\b": "forever",
    r"\bwithout a word\b": "silently",
    r"\bpass(es|ed)? over\b": "ignores, skips",
    r"\bon its way out\b": "deprecated",
    r"\bno line bounds\b": "is not limited",
    r"\bwhosoever\b|\bwhoever\b": "anyone who",
    r"\bof which (none|nothing|some|several)\b": "two sentences",
    r"\bshall\b": "should, must",
    r"\btakes? the bit\b|\btake the right away\b": "remove",
    r"\bstrays?\b": "a plain word",
    r"\bfor good\b": "permanently",
    r"\bspeaks? up\b": "report",
    r"\bgo(es)? on\b": "continue",
    r"\btakes? back\b": "clear, reset",
    r"\btakes? (away|off)\b": "remove",
    r"\bout of sight\b": "hidden",
    r"\bmake believe\b": "mislead",
    r"\bhand(s|ed)? (on|over|down)\b": "pass",
    r"\bsurely\b": "certainly, or leave it out",
    r"\bmisspelt\b(?!-)": "misspelled",
    r"\band the like\b|\b(its|their) like\b": "and similar …",
    r"\bfolders?\b(?![=` }])": "directory",
    r"\bblanks?\b": "space, empty line",
    r"\bsay nothing of\b|\bnothing is said\b": "not reported",
    r"\blet be\b": "not reported",
    r"\bcaught in\b|\bhalf dead\b": "a plain word",
}
"""What must not be read anywhere, each with what to write."""
KEYS = ("title", "message", "message-when-unset", "summary", "why", "how-to-fix")


def texts_of_rules(repository: Path) -> Iterator[tuple[str, str]]:
    yaml = YAML(typ="safe")
    for path in sorted(repository.glob("rules/*/*/rule.yaml")):
        rule = yaml.load(path.read_text(encoding="utf-8"))
        for key in KEYS:
            yield f"{rule['code']} {key}", str(rule.get(key, ""))


def offences(where: str, text: str) -> list[str]:
    flat = " ".join(text.split())
    return [
        f"{where}: …{flat[max(0, found.start() - 30) : found.end() + 30]}… ({better})"
        for pattern, better in FORBIDDEN.items()
        for found in re.finditer(pattern, flat, re.IGNORECASE)
    ]


def test_rules_use_the_words_of_the_trade(repository: Path) -> None:
    found = [one for where, text in texts_of_rules(repository) for one in offences(where, text)]
    assert found == [], "\n".join(found)


def test_the_documentation_uses_them_too(repository: Path) -> None:
    names = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md")
    pages = [*(repository / name for name in names), *sorted((repository / "docs").glob("*.md"))]
    texts = [(page.name, page.read_text(encoding="utf-8")) for page in pages]
    found = [one for where, text in texts for one in offences(where, text)]
    assert found == [], "\n".join(found)
    assert [where for where, text in texts if re.search("^(<{7}|>{7}) ", text, re.MULTILINE)] == []


def strings_in(source: str) -> Iterator[tuple[int, str]]:
    """The texts in a module that a person may read: of several words, and no docstrings; fields are empty braces."""
    tree = ast.parse(source)
    unseen = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            unseen.update(id(value) for value in node.values)
            yield node.lineno, "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unseen:
            yield node.lineno, node.value


def test_messages_in_the_code_use_them_too(repository: Path) -> None:
    modules = sorted((repository / "src" / "unitlint").rglob("*.py"))
    found = [
        offence
        for module in modules
        for line, text in strings_in(module.read_text(encoding="utf-8"))
        if len(text.split()) > 2
        for offence in offences(f"{module.relative_to(repository)}:{line}", text)
    ]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_of_commands_uses_them_too(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*filter(None, [command]), "--help"])
    found = offences(f"unitlint {command} --help", capsys.readouterr().out)
    assert found == [], "\n".join(found)


def test_no_help_is_shared_by_rules_of_different_meaning(repository: Path) -> None:
    helps: dict[str, set[str]] = defaultdict(set)
    messages: dict[str, str] = {}
    for where, text in texts_of_rules(repository):
        code, key = where.split(" ", 1)
        if key == "message":
            messages[code] = text
        elif key == "how-to-fix":
            helps[" ".join(text.split())].add(code)
    shared = {text: codes for text, codes in helps.items() if len({messages[code] for code in codes}) > 1}
    allowed = {"Put an empty `ExecStart=` on the line before, which clears the list.": {"UL901", "UL914"}}
    assert {text: codes for text, codes in shared.items() if allowed.get(text) != codes} == {}


def test_each_rule_has_a_title_of_its_own(repository: Path) -> None:
    titles = [text for where, text in texts_of_rules(repository) if where.endswith(" title")]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 80
    assert [title for title in titles if title.endswith(".") or "{" in title] == []
