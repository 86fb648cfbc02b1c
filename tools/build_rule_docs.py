"""Writes the tables of docs/rule-yaml.md out of what the reader goes by: `python -m tools.build_rule_docs`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from unitlint.rules.conditions import SAYING_WORDS
from unitlint.rules.facts import FACTS
from unitlint.rules.messages import FIELDS
from unitlint.rules.schema import KEYS
from unitlint.rules.validate import LISTS, MANY, WORDS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rule-yaml.md"
_TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(page: str) -> str:
    """The page with its tables written anew."""
    return _TABLE.sub(lambda found: f"{found[1]}{TABLES[found[2]]()}{found[3]}", page)


def _keys() -> str:
    rows = []
    for name, key in KEYS.items():
        if key.own:
            holds = ", ".join(f"`{one}`" for one in key.choices) or key.holds
            need = "yes" if key.needed else f"no: {key.default}" if key.default else "no"
            rows.append((f"`{name}`", holds, need, key.meaning))
    return _table(("key", "holds", "needed", "means"), rows)


def _words() -> str:
    rows = []
    for word, meaning in WORDS.items():
        if word in SAYING_WORDS:
            continue
        takes = "a list" if word in LISTS and word not in MANY else "one or a list" if word in LISTS else "one"
        rows.append((f"`{word}`", "true" if word == "or-unset" else takes, meaning))
    return _table(("word", "takes", "holds for"), rows)


def _saying() -> str:
    return _table(("word", "what it adds"), [(f"`{word}`", WORDS[word]) for word in SAYING_WORDS])


def _facts() -> str:
    rows = [(f"`{name}`", fact.meaning, ", ".join(f"`{word}`" for word in fact.words)) for name, fact in FACTS.items()]
    return _table(("fact", "is", "words"), rows)


def _fields() -> str:
    return _table(("in braces", "becomes"), [(f"`{{{name}}}`", meaning) for name, meaning in FIELDS.items()])


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


TABLES = {"keys": _keys, "words": _words, "saying": _saying, "facts": _facts, "fields": _fields}


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
