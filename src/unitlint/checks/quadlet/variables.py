"""UL278: variables of the container that systemd expands on the host (quadlet's split.go escapes no dollar sign)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.catalogue.quadlet import SECTIONS
from unitlint.checks.commands.variables import SET_BY_SYSTEMD
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit
from unitlint.values.words import split_words

KEYS = ("HealthCmd", "HealthStartupCmd", "Exec", "Entrypoint", "Environment", "Label")
OF_THE_HOST = ("Environment", "Label")
"""Keys in which a variable of the host may well be meant."""
_BRACED = late_pattern(r"(\$+)\{([A-Za-z_]\w*)\}")
_WORD = late_pattern(r"\$([A-Za-z_]\w*)")


def expanded_on_host(unit: Unit, _context: Context) -> Iterator[Hit]:
    """``${NAME}`` anywhere in a word, and ``$NAME`` as a word of Exec=, where [Service] does not set the variable.

    Where the manager of a user may know it by environment.d(5), only what the container's commands use is told of.
    """
    if not unit.has_fragment or unit.all("Service", "EnvironmentFile") or unit.all("Service", "PassEnvironment"):
        return
    section = SECTIONS[unit.quadlet]
    set_here = {word.text.partition("=")[0] for line in _written(unit) for word in split_words(line)}
    keys = [key for key in KEYS if unit.scope != "user" or key not in OF_THE_HOST]
    for key in keys:
        for line in unit.all(section, key):
            found = [(name, start, end) for name, start, end in _names(line.value, key) if name not in set_here]
            for name, start, end in found[:1]:
                yield Hit(line, {"name": name}, span=(start, end))


def _written(unit: Unit) -> Iterator[str]:
    yield from (line.value for line in unit.all("Service", "Environment"))


def _names(value: str, key: str) -> Iterator[tuple[str, int, int]]:
    """The variables of a value that systemd expands: an even number of dollar signs stands for half of them."""
    for found in _BRACED.finditer(value):
        if len(found[1]) % 2 and not SET_BY_SYSTEMD.fullmatch(found[2]):
            yield found[2], *found.span()
    for word in split_words(value) if key == "Exec" else ():
        found_word = _WORD.fullmatch(word.text)
        if found_word is not None and not SET_BY_SYSTEMD.fullmatch(found_word[1]):
            yield found_word[1], word.start, word.end
