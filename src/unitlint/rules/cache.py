"""Rules of folders, compiled once for each state of their files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from unitlint.base.compiled import StampedFile, cached_rows
from unitlint.base.errors import UnitlintError
from unitlint.rules.folders import in_order_of_names, stamped_rule_files
from unitlint.rules.model import Rule, RuleDetails

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.json_rows import Row

FORMAT = 7
"""To be raised when rules/compile.py makes something else of the same files, so that no old cache is used."""


def load_folder(folder: str, checks: Mapping[str, str] | None = None) -> list[Rule]:
    """The rules below one folder, compiled once for each content as the built-in ones are.

    ``checks`` are the predicates that a plugin has for some of them, ``module:function`` by code.

    Raises UnitlintError for a mistake in a rule file, and where the folder holds no rule.
    """
    if not os.path.isdir(folder):
        raise UnitlintError(
            f"no such directory of rules: {folder}", hint="`unitlint new-rule NAME --into DIR` begins one"
        )
    files = stamped_rule_files(folder)
    if not files:
        raise UnitlintError(f"no rule.yaml below {folder}", hint="`unitlint new-rule NAME --into DIR` writes one")
    return cached_rules(files, checks)


def cached_rules(files: Sequence[StampedFile], checks: Mapping[str, str] | None = None) -> list[Rule]:
    """The rules of these files."""

    def compiled(paths: list[str]) -> list[Rule]:
        from unitlint.rules.compile import compile_files

        return compile_files(in_order_of_names(paths), checks)

    form = f"{FORMAT}{Rule._fields}{RuleDetails._fields}{checks}"
    return as_rules(cached_rows("rules", form, files, compiled))


def as_rules(rows: Iterable[Row]) -> list[Rule]:
    """Rules of rows that were made of rules; ``_make``, which counts the cells of each, takes ten times as long."""
    return list(map(partial(tuple.__new__, Rule), rows))
