"""Assertions about findings; what they print is what `unitlint check` prints."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from unitlint.testing.calls import told_at_the_call
from unitlint.testing.findings import Findings, described, failing, listed

if TYPE_CHECKING:
    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report
    from unitlint.testing.findings import Outcome
    from unitlint.testing.tree import SystemdTree


@told_at_the_call
def assert_clean(
    what: str | bytes | os.PathLike[str] | SystemdTree, *, name: str = "x.service", **settings: Any
) -> None:
    """Fails where `unitlint check` would: for findings of the severity ``fail_on`` (default: warning) or above.

    ``what`` is a path, a SystemdTree, or the text of a unit called ``name``: bytes, or a string of several lines.
    ``settings`` come before the nearest settings file: ``assert_clean("units", profile="strict", ignore=["UL301"])``.
    A file that cannot be read fails as well.  Raises UnitlintError for a path that is not there.
    """
    bad = failing(_outcome(what, name, settings))
    if bad.findings or bad.errors:
        number = len(bad.findings) + len(bad.errors)
        raise AssertionError(f"not clean: {number} finding{'s' if number > 1 else ''}\n{described(bad)}")


@told_at_the_call
def assert_finding(
    what: Findings | Report | Iterable[Finding] | str | bytes | os.PathLike[str] | SystemdTree,
    rule: str,
    *,
    line: int | None = None,
    path: str | None = None,
    directive: str | None = None,
    name: str = "x.service",
    **settings: Any,
) -> Finding:
    """Fails unless a finding of the rule (a code or a name) is on that line, in that file, about that directive.

    ``what`` is a path, a SystemdTree or the text of a unit, which is checked with ``settings`` as in
    :func:`assert_clean`; or findings that a call of ``check`` returned.  ``path`` may be the end of a finding's path,
    such as the file's name.  Returns the first finding that fits.  Raises TypeError for any other ``what``, and
    UnitlintError for a path that does not exist or a rule that is not known.
    """
    result = _result(what, name, settings)
    found = _findings(result)
    for one in _of(rule, found):
        if line in (None, one.line) and _ends(one.path, path) and directive in (None, one.directive):
            return one
    places = {"line": line, "path": path, "directive": directive}
    wanted = ", ".join(f"{name} {value}" for name, value in places.items() if value is not None)
    _check_rule(result, rule)
    near = [one for one in found if rule in (one.code, one.name) or (line == one.line and _ends(one.path, path))]
    raise AssertionError(f"no finding {rule}{f' ({wanted})' if wanted else ''}; {listed(found)}{_blocks(result, near)}")


@told_at_the_call
def assert_no_finding(
    what: Findings | Report | Iterable[Finding] | str | bytes | os.PathLike[str] | SystemdTree,
    rule: str,
    *,
    name: str = "x.service",
    **settings: Any,
) -> None:
    """Fails if there is a finding of the rule, a code or a name; ``what`` and errors as for :func:`assert_finding`."""
    result = _result(what, name, settings)
    found = list(_of(rule, _findings(result)))
    _check_rule(result, rule)
    if found:
        raise AssertionError(f"there is {rule}; {listed(found)}{_blocks(result, found)}")


def _result(what: Any, name: str, settings: dict[str, Any]) -> Report | Iterable[Finding]:
    """Findings as they are given, or those of a path, a tree or a text."""
    from unitlint.base.errors import UnitlintError
    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report
    from unitlint.testing.tree import SystemdTree

    if isinstance(what, (str, bytes, os.PathLike, SystemdTree)):
        report = _outcome(what, name, settings).report
        if report.errors:
            raise UnitlintError("; ".join(report.errors))
        return report
    given = what if isinstance(what, Report) else list(what) if isinstance(what, Iterable) else None
    if given is None or (isinstance(given, list) and not all(isinstance(finding, Finding) for finding in given)):
        kind = type(what).__name__
        raise TypeError(f"expected a path, a SystemdTree, the text of a unit, or findings of check(); got {kind}")
    if settings:
        raise TypeError(f"these findings are already made, so settings have no effect: {', '.join(settings)}")
    return what if isinstance(what, (Report, Findings)) else given


def _outcome(what: Any, name: str, settings: dict[str, Any]) -> Outcome:
    from unitlint.testing.linter import Linter
    from unitlint.testing.tree import SystemdTree

    if isinstance(what, SystemdTree):
        return what.outcome(**settings)
    if isinstance(what, bytes) or (isinstance(what, str) and "\n" in what):
        return Linter().outcome_of_text(what, name, **settings)
    return Linter().outcome(what, **settings)


def _report(result: object) -> Report | None:
    from unitlint.engine.report import Report

    found = result.report if isinstance(result, Findings) else result
    return found if isinstance(found, Report) else None


def _findings(result: Report | Iterable[Finding]) -> list[Finding]:
    return list(getattr(result, "findings", result))


def _check_rule(result: object, rule: str) -> None:
    """A misspelled rule is never found, so that a test of it would say nothing."""
    report = _report(result)
    if report is None:
        return
    from unitlint.base.errors import UnitlintError
    from unitlint.base.likeness import did_you_mean
    from unitlint.rules.rule_set import load_rules

    words = {word for one in (*load_rules(), *report.rules) for word in (one.code, one.name)}
    if rule not in words:
        raise UnitlintError(f"no rule of this run is called `{rule}`", hint=did_you_mean(rule, words))


def _of(rule: str, findings: Iterable[Finding]) -> Iterable[Finding]:
    return (one for one in findings if rule in (one.code, one.name))


def _ends(path: str, end: str | None) -> bool:
    return end is None or path == end or path.endswith(f"/{end}")


def _blocks(result: object, findings: list[Finding]) -> str:
    """The findings with their lines, where the result still has the texts."""
    report = _report(result)
    if report is None or not findings:
        return ""
    return f"\n\n{described(report._replace(findings=tuple(findings), errors=()))}"
