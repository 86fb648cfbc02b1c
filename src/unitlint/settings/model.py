"""All settings of a run in one frozen object, and what a setting may be."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from unitlint.base.errors import BadValueError, UnitlintError
from unitlint.base.finding import SEVERITIES as RISING
from unitlint.base.records import NamedTuple
from unitlint.catalogue import NEWEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.base.finding import Severity

PROFILES = ("conform", "default", "strict")
FAIL_ON = ("info", "warning", "error", "never")
SEVERITIES = RISING[::-1]
"""As people are told of them, the worst first."""


NO_RELEASE = (NEWEST,)
"""The newest release, where nothing names one: this very object, so that a root directory may say which it has."""


class Settings(NamedTuple):
    """What the command line, the Python call and the settings file decide together.

    ``exclude`` and the patterns of ``per_file_ignores`` are those of .gitignore, counted from
    ``folder``; ``templates`` maps such patterns to the language that a file is a template of;
    ``options`` maps a rule's code or name to its options; ``severity`` maps selectors to the severity that their rules
    have in place of their own; ``source`` is the settings file, if there is
    one.  ``plugins`` are names of entry points; ``*`` is every one that is installed.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}  # never written to
    exclude: tuple[str, ...] = ()
    profile: str = "default"
    systemd_version: tuple[int, ...] = NO_RELEASE
    root: str | None = None
    respect_gitignore: bool = True
    ignore_comments: bool = True
    """Whether comments such as ``# unitlint: ignore[UL301]`` suppress findings."""
    fail_on: str = "warning"
    baseline: str | None = None
    """A file of known findings, which are left out."""
    rules: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    templates: Mapping[str, str] = {}  # never written to
    options: Mapping[str, Mapping[str, Any]] = {}  # never written to
    severity: Mapping[str, Severity] = {}  # never written to
    source: str | None = None
    folder: str = "."
    follow_links: bool = False
    """Whether links may lead out of what is checked; no settings file can say so."""

    @property
    def names_rules(self) -> bool:
        """Whether there is a rule's code or name in them, which may be misspelled."""
        return bool(
            self.select or self.extend_select or self.ignore or self.per_file_ignores or self.options or self.severity
        )


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(word for line in value.splitlines() for word in map(str.strip, line.split(",")) if word)
    if isinstance(value, Iterable) and not isinstance(value, Mapping | bytes):
        words = tuple(value)
        if all(isinstance(word, str) for word in words):
            return words
    raise BadValueError("must be a list of strings")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, os.PathLike):
        return str(os.fspath(value))
    raise BadValueError("must be a string")


def _one_of(known: tuple[str, ...]) -> Callable[[object], str]:
    def check(value: object) -> str:
        if isinstance(value, str) and value in known:
            return value
        from unitlint.base.likeness import did_you_mean

        word = str(value)[:40]
        raise BadValueError(f"must be one of {', '.join(known)}, not `{word}`", did_you_mean(word, known))

    return check


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "yes", "1", "on", "false", "no", "0", "off"):
        return value.lower() in ("true", "yes", "1", "on")
    raise BadValueError("must be true or false")


def _releases(value: object) -> tuple[int, ...]:
    from unitlint.settings.releases import parse_releases

    return parse_releases(value)


def _plugins(value: object) -> tuple[str, ...]:
    if value in (True, "true"):
        return ("*",)
    if value in (False, "false"):
        return ()
    try:
        return _words(value)
    except BadValueError:
        raise BadValueError("must be true, false or a list of names") from None


def _ignores(value: object) -> dict[str, tuple[str, ...]]:
    if isinstance(value, str):
        value = _ignore_lines(value)
    if isinstance(value, Mapping):
        return {_text(pattern): _words(codes) for pattern, codes in value.items()}
    raise BadValueError("must be a table of pattern = [codes]")


def _templates(value: object) -> dict[str, str]:
    from unitlint.syntax.template_tokens import LANGUAGES

    if isinstance(value, str):
        value = _ignore_lines(value, "deploy/*.service: envsubst")
    if isinstance(value, Mapping):
        check = _one_of((*LANGUAGES, "none"))
        return {_text(pattern): check(_text(language).strip()) for pattern, language in value.items()}
    raise BadValueError('must be a table of pattern = "language"')


def _severities(value: object) -> dict[str, str]:
    if isinstance(value, str):
        value = _ignore_lines(value, "UL301: error")
    if isinstance(value, Mapping):
        check = _one_of(SEVERITIES)
        return {_text(selector): check(_text(level).strip()) for selector, level in value.items()}
    raise BadValueError('must be a table of rules = "error", "warning" or "info"')


def _ignore_lines(text: str, example: str = "pattern: UL301, UL302") -> dict[str, str]:
    """The form of an ini file: lines of ``pattern: codes``."""
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        pattern, colon, codes = line.partition(":")
        if not colon:
            raise BadValueError(f"has a line without a colon: {line}", f"write `{example}`, one pattern a line")
        found[pattern.strip()] = codes
    return found


def _options(value: object) -> dict[str, dict[str, Any]]:
    if isinstance(value, Mapping) and all(isinstance(table, Mapping) for table in value.values()):
        return {str(rule): dict(table) for rule, table in value.items()}
    raise BadValueError("must be tables such as [tool.unitlint.rule.UL301]")


LIST, TEXT, BOOLEAN, TABLE = "list", "text", "true or false", "table"

KEYS: Mapping[str, tuple[str, Callable[[object], Any], str, str]] = {
    "select": ("select", _words, LIST, "only these rules: codes, names, categories, prefixes such as `UL3`, or `ALL`"),
    "extend-select": ("extend_select", _words, LIST, "these rules as well as those of the profile"),
    "ignore": ("ignore", _words, LIST, "not these; the more specific selector wins, so `UL301` wins over `UL3`"),
    "per-file-ignores": ("per_file_ignores", _ignores, TABLE, "a pattern, as in .gitignore, to rules ignored there"),
    "severity": ("severity", _severities, TABLE, "rules, as in `select`, to the severity of their findings"),
    "exclude": ("exclude", _words, LIST, "files and directories to leave out, as patterns of .gitignore"),
    "extend-exclude": ("exclude", _words, LIST, "the same, added to `exclude`"),
    "profile": (
        "profile",
        _one_of(PROFILES),
        " < ".join(PROFILES),
        "which rules are run; each profile includes the one before",
    ),
    "systemd-version": (
        "systemd_version",
        _releases,
        "252, rhel9, a list, or 239..257",
        "the releases that read the units",
    ),
    "root": ("root", _text, TEXT, "a root directory in which users, programs and files are looked up"),
    "respect-gitignore": ("respect_gitignore", _boolean, BOOLEAN, "leave out what .gitignore files name"),
    "ignore-comments": ("ignore_comments", _boolean, BOOLEAN, "obey `# unitlint: ignore[…]` comments"),
    "fail-on": ("fail_on", _one_of(FAIL_ON), ", ".join(FAIL_ON), "exit status 1 from this severity on"),
    "baseline": ("baseline", _text, TEXT, "a file of known findings, which are not reported (`--write-baseline`)"),
    "rules": ("rules", _words, LIST, "directories with rules of your own, relative to the settings file"),
    "plugins": ("plugins", _plugins, "true or a list", "installed packages that bring rules, by entry point"),
    "templates": ("templates", _templates, TABLE, "a pattern, as in .gitignore, to the language of such templates"),
    "rule": (
        "options",
        _options,
        TABLE,
        "a rule's options and `severity`, by code or name: `[tool.unitlint.rule.UL301]`",
    ),
}
"""Every key of a settings file: the field it fills, the function that checks its value, what it holds and means."""


def fields_of(values: Mapping[str, object]) -> dict[str, Any]:
    """Checked fields of Settings out of the keys of a settings file.

    Raises UnitlintError, whose ``hint`` may name the nearest key; ``error.key`` is the culprit.
    """
    fields: dict[str, Any] = {}
    for key, value in values.items():
        if key not in KEYS:
            from unitlint.base.likeness import did_you_mean

            raise BadKeyError(key, f"unknown setting `{key}`", did_you_mean(key, KEYS))
        field, check, *_ = KEYS[key]
        try:
            checked = check(value)
        except BadValueError as problem:
            raise BadKeyError(key, f"`{key}` {problem}", problem.hint) from None
        fields[field] = fields[field] + checked if field == "exclude" and field in fields else checked
    return fields


class BadKeyError(UnitlintError):
    """A setting that cannot be; ``key`` is its name in the settings file."""

    def __init__(self, key: str, message: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.key = key


def from_keywords(settings: Settings, keywords: Mapping[str, object]) -> Settings:
    """``settings`` with the named fields replaced, as ``check_paths(profile="strict")`` does.

    The keywords are the keys with underscores; None leaves a field as it is, ``extend_exclude``
    adds to ``exclude``.  Raises UnitlintError for an unknown name or a value of the wrong type.
    """
    given = {name.replace("_", "-"): value for name, value in keywords.items() if value is not None}
    if "options" in given:
        given["rule"] = given.pop("options")
    more = given.pop("extend-exclude", None)
    follow = given.pop("follow-links", settings.follow_links)
    if not isinstance(follow, bool):
        raise BadKeyError("follow-links", "`follow-links` must be true or false")
    fields = {**fields_of(given), "follow_links": follow}
    if more is not None:
        fields["exclude"] = fields.get("exclude", settings.exclude) + _words(more)
    return settings._replace(**fields)
