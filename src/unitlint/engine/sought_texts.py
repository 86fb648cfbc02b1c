"""Rules by the texts that they look for: hundreds of texts are looked for in every unit."""

from __future__ import annotations

from collections.abc import Iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Rule

FROM_RARE_TO_FREQUENT = "zqj=xwk-hyfg.bvupdmc/lsrnioate "
"""Characters of command lines; any other one is rarer than these."""


class SoughtTexts:
    """The texts by the rarest character of each: without the character none of them need be looked for."""

    __slots__ = ("_by_character", "_by_text", "_was_asked")

    def __init__(self) -> None:
        self._by_text: dict[str, dict[str, Rule]] = {}
        self._by_character: dict[str, list[tuple[str, dict[str, Rule]]]] = {}
        self._was_asked = False

    @property
    def holds_any(self) -> bool:
        """Whether any text is looked for."""
        return bool(self._by_text)

    def add(self, rule: Rule, texts: Iterable[str]) -> None:
        """The rule is to be asked where one of the texts is found."""
        for text in texts:
            self._by_text.setdefault(text, {})[rule.code] = rule

    def found_in(self, text: str) -> list[dict[str, Rule]]:
        """The rules by code for each of the texts that stands in ``text``."""
        if not self._was_asked:  # a single text is not worth grouping them
            self._was_asked = True
            return [rules for part, rules in self._by_text.items() if part in text]
        if not self._by_character:
            self._group()
        found = []
        for character, sought in self._by_character.items():
            if character in text:
                for part, rules in sought:
                    if part in text:
                        found.append(rules)  # a comprehension takes a call more
        return found

    def _group(self) -> None:
        for part, rules in self._by_text.items():
            character = min(part, key=FROM_RARE_TO_FREQUENT.find)
            self._by_character.setdefault(character, []).append((part, rules))
