"""Settings against the rules that there are: unknown codes, folders that are none, options of the wrong type."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from unitlint.base.errors import UnitlintError
from unitlint.settings.model import SEVERITIES, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.base.finding import Severity
    from unitlint.rules.model import Rule


def check_selectors(settings: Settings, rules: Iterable[Rule]) -> None:
    """Raises UnitlintError for a code or name in ``settings`` that no rule answers to, or for an
    option that its rule does not have."""
    from unitlint.rules.select import unknown_selectors

    known = tuple(rules)
    named = [*settings.select, *settings.extend_select, *settings.ignore]
    named += [code for codes in settings.per_file_ignores.values() for code in codes]
    named += settings.severity
    for selector in unknown_selectors(known, named) if named else ():
        words = [word for rule in known for word in (rule.code, rule.name, rule.category)]
        from unitlint.base.likeness import did_you_mean

        raise _at(settings, selector, f"no rule answers to `{selector}`", did_you_mean(selector, [*words, "ALL"]))
    for wanted, options in settings.options.items():
        rule = next((rule for rule in known if wanted in (rule.code, rule.name)), None)
        if rule is None:
            words = [word for rule in known for word in (rule.code, rule.name)]
            from unitlint.base.likeness import did_you_mean

            raise _at(settings, wanted, f"there is no rule `{wanted}`", did_you_mean(wanted, words))
        for option, value in options.items():
            if option == SEVERITY and option not in rule.details.options:
                _check_severity(settings, wanted, value)
            else:
                _check_option(settings, rule, option, value)
    if settings.options:
        from unitlint.rules.literals import faults_of_options

        for option, (fault, hint) in faults_of_options(known, _without_severity(settings.options)):
            raise _at(settings, option, f"option `{option}`: {fault}", hint)


def check_rule_folders(settings: Settings) -> None:
    """Raises UnitlintError for a folder in ``rules`` that does not exist, at its place in the settings file."""
    for folder in settings.rules:
        if not os.path.isdir(folder):
            word = os.path.relpath(folder, settings.folder)
            above = os.path.dirname(word)
            beside = os.path.join(settings.folder, above)
            names = [os.path.join(above, name) for name in os.listdir(beside)] if os.path.isdir(beside) else []
            from unitlint.base.likeness import did_you_mean

            hint = did_you_mean(word, names) or "`unitlint new-rule NAME --into DIR` begins one"
            raise _at(settings, word, f"`rules`: there is no directory {folder}", hint)


SEVERITY = "severity"
"""What every rule takes beside its options."""


def _check_severity(settings: Settings, wanted: str, value: object) -> None:
    if value not in SEVERITIES:
        from unitlint.base.likeness import did_you_mean

        hint = did_you_mean(str(value), SEVERITIES) or f"choose {', '.join(SEVERITIES)}"
        raise _at(settings, str(value), f"`severity` of {wanted}: there is no severity {value!r}", hint)


def _without_severity(options: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        rule: {name: value for name, value in of_rule.items() if name != SEVERITY} for rule, of_rule in options.items()
    }


def _check_option(settings: Settings, rule: Rule, option: str, value: object) -> None:
    if option not in rule.details.options:
        from unitlint.base.likeness import did_you_mean

        hint = did_you_mean(option, rule.details.options) or (
            f"its options: {', '.join(rule.details.options)}" if rule.details.options else "it has no options"
        )
        raise _at(settings, option, f"rule {rule.code} has no option `{option}`", hint)
    default = rule.details.options[option]
    if default is not None and not _same_type(value, default):
        wanted = type(default).__name__
        raise _at(
            settings, option, f"option `{option}` of {rule.code} must be of type {wanted}", f"its default: {default!r}"
        )


def _same_type(value: object, default: object) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, (list, tuple)):
        return isinstance(value, (list, tuple))
    if isinstance(default, float):
        return isinstance(value, (int, float))
    return isinstance(value, type(default))


def _at(settings: Settings, word: str, message: str, hint: str | None) -> UnitlintError:
    """An error at the place of ``word`` in the settings file, if it stands there."""
    if settings.source is not None:
        from unitlint.settings.files import place_of_word

        place = place_of_word(settings.source, word)
        if place is not None:
            return UnitlintError(message, settings.source, *place, hint=hint)
    return UnitlintError(message, hint=hint)


def chosen_rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules that are on; raises UnitlintError for a code or name that no rule has."""
    from unitlint.rules.rule_set import load_rules
    from unitlint.rules.select import choose

    if settings.rules:
        check_rule_folders(settings)
    rules = load_rules(settings.rules, settings.plugins)
    if settings.names_rules:
        check_selectors(settings, rules)
    return choose(
        rules,
        profile=settings.profile,
        select=settings.select,
        extend_select=settings.extend_select,
        ignore=settings.ignore,
        severity=_severities(settings),
    )


def _severities(settings: Settings) -> Mapping[str, Severity]:
    """Those by selector, and what the tables of single rules say."""
    of_rules = {rule: options[SEVERITY] for rule, options in settings.options.items() if SEVERITY in options}
    return {**settings.severity, **of_rules}
