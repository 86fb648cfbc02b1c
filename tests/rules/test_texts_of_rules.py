"""What rules tell people: words of the trade, a title and a help of their own."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.words import offences

KEYS = ("title", "message", "message-when-unset", "summary", "why", "how-to-fix")
Texts = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def texts(repository: Path) -> Texts:
    """The texts of each rule by its code, on one line each."""
    yaml = YAML(typ="safe")
    rules = [yaml.load(path.read_text(encoding="utf-8")) for path in sorted(repository.glob("rules/*/*/rule.yaml"))]
    return {rule["code"]: {key: " ".join(str(rule.get(key, "")).split()) for key in KEYS} for rule in rules}


def test_rules_use_the_words_of_the_trade(texts: Texts) -> None:
    found = [
        offence
        for code, keys in texts.items()
        for key, text in keys.items()
        for offence in offences(f"{code} {key}", text)
    ]
    assert found == [], "\n".join(found)


def test_no_help_is_shared_by_rules_of_different_meaning(texts: Texts) -> None:
    helps: dict[str, set[str]] = defaultdict(set)
    for code, keys in texts.items():
        helps[keys["how-to-fix"]].add(code)
    shared = {text: codes for text, codes in helps.items() if len({texts[code]["message"] for code in codes}) > 1}
    allowed = {"Put an empty `ExecStart=` on the line before, which clears the list.": {"UL901", "UL914"}}
    assert {text: codes for text, codes in shared.items() if allowed.get(text) != codes} == {}


def test_each_rule_has_a_title_of_its_own(texts: Texts) -> None:
    titles = {code: keys["title"] for code, keys in texts.items()}
    assert [code for code, title in titles.items() if not title] == [], "rules without a title in rule.yaml"
    assert len(set(titles.values())) == len(titles)
    assert [title for title in titles.values() if len(title) > 80 or title.endswith(".") or "{" in title] == []
