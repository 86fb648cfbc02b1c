"""`unitlint rule`."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from unitlint.rules.model import Rule
    from unitlint.settings.model import Settings


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint rule`."""
    parser.add_argument("rule", nargs="?", metavar="RULE", help="a code or a name")
    parser.add_argument("--all", action="store_true", help="list all rules")
    parser.add_argument("--json-schema", action="store_true", help="print the JSON Schema of rule.yaml")
    parser.add_argument("--output-format", choices=("text", "json", "markdown"), default="text")
    parser.add_argument("--config", metavar="FILE", help="read the settings, which name your own rules, from this file")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")


def main(arguments: Namespace) -> int:
    """Prints the page of one rule, or the list of all."""
    if arguments.json_schema:
        return _print_schema()
    from unitlint.base.errors import UnitlintError
    from unitlint.engine.chosen_rules import check_rule_folders
    from unitlint.report.rule_page import render_rule, render_rules
    from unitlint.rules.rule_set import load_rules

    settings = _settings(arguments)
    check_rule_folders(settings)
    rules = load_rules(settings.rules, settings.plugins)
    if arguments.all:
        sys.stdout.write(render_rules(rules, arguments.output_format))
        return 0
    if arguments.rule is None:
        raise UnitlintError("which rule?", hint="give a code or name, or --all")
    for rule in rules:
        if arguments.rule in (rule.code, rule.name) or arguments.rule.upper() == rule.code:
            sys.stdout.write(render_rule(rule, arguments.output_format))
            return 0
    raise UnitlintError(f"unknown rule `{arguments.rule}`", hint=_meant(arguments.rule, rules))


MOST_MEANT = 8


def _meant(word: str, rules: Iterable[Rule]) -> str | None:
    """The rules that begin with the word, else those whose name or category holds it, else the nearest one."""
    from unitlint.base.likeness import did_you_mean

    known = list(rules)
    begun = [rule for rule in known if rule.code.startswith(word.upper()) or rule.name.startswith(word.lower())]
    near = begun or [rule for rule in known if word.lower() in (*rule.name.split("-"), rule.name, rule.category)]
    if near:
        more = f" and {len(near) - MOST_MEANT} more" if len(near) > MOST_MEANT else ""
        return f"did you mean {', '.join(f'{rule.code} {rule.name}' for rule in near[:MOST_MEANT])}{more}?"
    return did_you_mean(word, [name for rule in known for name in (rule.code, rule.name)])


def _settings(arguments: Namespace) -> Settings:
    from unitlint.settings.model import Settings

    if arguments.isolated:
        return Settings()
    from unitlint.settings import files

    return files.load(arguments.config) if arguments.config else files.find(".")


def _print_schema() -> int:
    from json import dumps

    from unitlint.rules.json_schema import json_schema

    sys.stdout.write(dumps(json_schema(), indent=1) + "\n")
    return 0
