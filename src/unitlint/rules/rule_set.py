"""The rules of a run: built in, of folders and of plugins."""

from __future__ import annotations

from collections.abc import Sequence

from unitlint.base.compiled import shipped_rows
from unitlint.rules.cache import as_rules, cached_rules, load_folder
from unitlint.rules.folders import built_in_folder, stamped_rule_files
from unitlint.rules.model import Rule


def load_rules(extra: Sequence[str] = (), plugins: Sequence[str] = ()) -> tuple[Rule, ...]:
    """All built-in rules in the order of their codes, then those of the ``extra`` folders and of plugins.

    Raises UnitlintError with file, line and column for a mistake in a rule file, and for a folder without rules.
    """
    folder = built_in_folder()
    rules = _built_in.get(folder)
    if rules is None:
        rules = _built_in[folder] = tuple(_load_built_in(folder))
    if not extra and not plugins:
        return rules
    from unitlint.rules.custom import check_unique

    own = [rule for one in extra for rule in load_folder(one)]
    if plugins:
        from unitlint.rules.plugins import load_plugins

        own += load_plugins(plugins)
    check_unique(own, rules)
    return (*rules, *own)


_built_in: dict[str, tuple[Rule, ...]] = {}
"""Read once a process, for programs that check one text after the other."""


def _load_built_in(folder: str) -> list[Rule]:
    rows = shipped_rows("rules")
    return cached_rules(stamped_rule_files(folder)) if rows is None else as_rules(rows)
