"""UL572: variables that an environment file sets under another name than the commands use."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.commands.environment_files import NAME, files_in_sight, lines_of
from unitlint.checks.commands.variables import SET_BY_SYSTEMD, expanded_words, names_expanded, names_set
from unitlint.rules.model import Context, Hit, Place, line_place
from unitlint.units.unit import Unit


def used_under_other_name(unit: Unit, context: Context) -> Iterator[Hit]:
    """``$OPTIONS`` beside ``APP_OPTIONS=…``, which no command uses; only where each environment file is in sight."""
    if not unit.has_fragment or unit.masked or unit.all("Service", "PassEnvironment"):
        return
    documents = [document for document, _ in files_in_sight(unit, context)]
    if not documents or len(documents) != len(unit.all("Service", "EnvironmentFile")):
        return
    used = [
        (line, word, name)
        for line, _, word, _ in expanded_words(unit, context)
        for name in names_expanded(word.text)
        if not SET_BY_SYSTEMD.fullmatch(name)
    ]
    if not used:
        return
    in_files: dict[str, Place] = {}
    for document in documents:
        for entry in lines_of(document.text):
            if entry.name is not None and NAME.fullmatch(entry.name):
                in_files[entry.name] = line_place(document, entry.number)
    known = {*in_files, *names_set(unit)}
    unused = in_files.keys() - {name for _, _, name in used}
    told: set[str] = set()
    for line, word, name in used:
        other = next((other for other in sorted(unused) if _is_alike(name, other)), None)
        if name not in known and name not in told and other is not None:
            told.add(name)
            related: tuple[tuple[Place, str], ...] = ((in_files[other], "no command uses this one"),)
            yield Hit(line, {"name": name, "other": other}, related, span=(word.start, word.end))


def _is_alike(name: str, other: str) -> bool:
    """One with a prefix more than the other, or the same in other letters."""
    return other.endswith(f"_{name}") or name.endswith(f"_{other}") or name.lower() == other.lower()
