"""`unitlint test-rules`."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from unitlint.testing.rule_cases import CaseOutcome


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint test-rules`."""
    parser.add_argument(
        "folders", nargs="*", metavar="DIR", help="directories of rules (default: those in the settings)"
    )
    parser.add_argument("--plugin", metavar="NAME", help="also test the rules of this plugin")
    parser.add_argument("--config", metavar="FILE", help="read the settings from this file")
    parser.add_argument("-q", "--quiet", action="store_true", help="print only failures")


def main(arguments: Namespace) -> int:
    """Runs the cases of every rule; 0 where all went as announced, else 1."""
    from unitlint.rules.cache import load_folder
    from unitlint.rules.custom import check_unique
    from unitlint.rules.folders import rule_files
    from unitlint.testing.rule_cases import outcome_of

    outcomes = []
    if arguments.plugin:
        from unitlint.rules.plugins import load_plugins

        outcomes = [outcome_of(rule, os.path.dirname(rule.file)) for rule in load_plugins([arguments.plugin])]
    folders = arguments.folders or (() if arguments.plugin else _folders_of_settings(arguments.config))
    for folder in folders:
        rules = load_folder(folder)
        check_unique(rules)
        pairs = zip(rules, rule_files(folder), strict=True)
        outcomes += [outcome_of(rule, os.path.dirname(file)) for rule, file in pairs]
    sys.stdout.write(_render(outcomes, quiet=arguments.quiet))
    return int(any(outcome.mistakes for outcome in outcomes))


def _folders_of_settings(config: str | None) -> tuple[str, ...]:
    from unitlint.base.errors import UnitlintError
    from unitlint.engine.chosen_rules import check_rule_folders
    from unitlint.settings import files

    settings = files.load(config) if config else files.find(".")
    if not settings.rules:
        raise UnitlintError("which rules?", hint='name their directory, or set rules = ["unit-rules"] in the settings')
    check_rule_folders(settings)
    return settings.rules


def _render(outcomes: Iterable[CaseOutcome], *, quiet: bool) -> str:
    from unitlint.base.foreign_text import safe
    from unitlint.report.summary import counted

    lines = []
    cases = failed = rules = 0
    for outcome in outcomes:
        rules += 1
        failed += bool(outcome.mistakes)
        cases += outcome.bad + outcome.good
        if outcome.mistakes or not quiet:
            word = "FAIL" if outcome.mistakes else "ok"
            lines.append(
                f"{word:<4}  {outcome.rule.code}-{outcome.rule.name}  ({outcome.bad} bad, {outcome.good} good)"
            )
        lines += [f"      {safe(mistake)}" for mistake in outcome.mistakes]
    if failed or not quiet:
        end = f"{counted(failed, 'rule')} failed" if failed else "all passed"
        lines.append(f"{counted(rules, 'rule')}, {counted(cases, 'case')}: {end}")
    return "".join(f"{line}\n" for line in lines)
