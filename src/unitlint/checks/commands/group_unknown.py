"""UL502: Group= or SupplementaryGroups= names a group that the root tree does not have."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.commands.at_boot import at_boot
from unitlint.checks.commands.root_tree import SECTION, sees_this_tree
from unitlint.grammar.words import split_words
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import boolean
from unitlint.units.unit import Unit

ALWAYS = ("root", "nobody", "nogroup")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Numbers need no entry, nor does the Group= of a dynamic user."""
    root = context.root
    if root is None or not root.groups or not sees_this_tree(unit):
        return
    dynamic = unit.last(SECTION, "DynamicUser")
    directives = ["SupplementaryGroups"]
    if dynamic is None or boolean(dynamic.value) is not True:
        directives.append("Group")
    for directive in directives:
        for assignment in unit.all(SECTION, directive):
            for word in split_words(assignment.value):
                if word.text.isdecimal() or "%" in word.text or word.text in ALWAYS:
                    continue
                if word.text not in root.groups and word.text not in at_boot(root).groups:
                    yield Hit(assignment, {"group": word.text}, span=(word.start, word.end))
