"""The cases of a rule: what their comments announce is found, and nothing else.

A case is a file or folder beside rule.yaml whose name begins with ``bad`` or ``good``.  In a case

- ``# expect: ACME001`` announces a finding on the next line; in a folder whose files hold no comments a file
  ``expect.txt`` has lines ``path:line: ACME001``;
- ``# systemd-version: 252`` names the release to read it as;
- ``# option: allowed = ["a.service"]`` sets an option of the rule, in TOML.

A folder that has etc/systemd is a root directory. What the rule's fixes, the unsafe ones too, make of ``bad.service``
stands in ``bad.fixed.service``, byte for byte; what they make of the files of a folder ``bad-tree``, in
``bad-tree.fixed``.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from unitlint.base.errors import UnitlintError
from unitlint.base.records import NamedTuple
from unitlint.base.safe_read import CannotReadError, read_bytes
from unitlint.base.whole_numbers import number_of_digits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.engine.report import Report
    from unitlint.rules.model import Rule

EXPECT = re.compile(r"^\s*[#;]\s*expect:\s*([A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)\s*$")
OPTION = re.compile(r"^[#;]\s*option:\s*(.*)$")
RELEASE = re.compile(r"^[#;]\s*systemd-version:\s*(\S+)\s*$")
EXPECT_FILE = "expect.txt"

CasePlace = tuple[str, int]


class CaseOutcome(NamedTuple):
    """How the cases of one rule went; ``mistakes`` are lines for a person."""

    rule: Rule
    bad: int
    good: int
    mistakes: tuple[str, ...]


def outcome_of(rule: Rule, folder: str) -> CaseOutcome:
    """Runs every case of ``rule``, whose rule.yaml stands in ``folder``."""
    cases = cases_of(folder)
    bad = sum(os.path.basename(case).startswith("bad") for case in cases)
    mistakes = [mistake for case in cases for mistake in mistakes_in(rule, case)]
    if not bad and not rule.details.no_bad_case:
        mistakes.append(f"{folder}: has no bad case, such as bad.service")
    if bad == len(cases):
        mistakes.append(f"{folder}: has no good case, such as good.service")
    return CaseOutcome(rule, bad, len(cases) - bad, tuple(mistakes))


def cases_of(folder: str) -> list[str]:
    """The cases of a rule's folder, sorted; what ``--fix`` makes of one is none."""
    names = sorted(os.listdir(folder))
    return [os.path.join(folder, name) for name in names if name.startswith(("bad", "good")) and not _is_fixed(name)]


def _is_fixed(name: str) -> bool:
    return ".fixed." in name or name.endswith(".fixed")


def fixed_files(case: str) -> dict[str, str]:
    """The file that says what becomes of a file of the case, by the path of the latter."""
    stem, dot, suffix = case.rpartition(".")
    if not os.path.isdir(case):
        fixed = f"{stem}.fixed.{suffix}" if dot else ""
        return {case: fixed} if os.path.isfile(fixed) else {}
    home = f"{case}.fixed"
    return {os.path.join(case, os.path.relpath(path, home)): path for path in sorted(_files(home))}


def mistakes_in(rule: Rule, case: str) -> list[str]:
    """What is wrong with a case, a line for each; nothing where the rule does what the case says."""
    expected = expected_in(rule, case)
    report = report_of(rule, case)
    found = [(one.path, one.line) for one in report.findings]
    mistakes = [f"{case}: cannot be checked: {error}" for error in report.errors]
    if not report.units and not report.errors:
        mistakes.append(f"{case}: is not a unit, drop-in or conf; name it like one, such as bad.service")
    for (path, line), _ in _more(expected, found):
        mistakes.append(f"{path}:{line}: {rule.code} is announced for this line, but not found")
    for place, times in _more(found, expected):
        finding = next(one for one in report.findings if (one.path, one.line) == place)
        again = f" {times} times" if times > 1 else ""
        mistakes.append(
            f"{place[0]}:{place[1]}:{finding.column}: {rule.code} is found{again}, but not announced: {finding.message}"
        )
    mistakes += _unlike_fixed(report, case)
    is_bad = os.path.basename(case).startswith("bad")
    if is_bad and not expected and not mistakes:
        mistakes.append(f"{case}: announces no finding; write `# expect: {rule.code}` above the line")
    if not is_bad and expected:
        mistakes.append(f"{case}: announces a finding; the name of such a case begins with `bad`")
    return mistakes


def _unlike_fixed(report: Report, case: str) -> Iterator[str]:
    """A line for each file of which the fixes make something else than the case says."""
    expected = fixed_files(case)
    if not expected:
        return
    from unitlint.fix.apply import changed

    found = changed(report.sources, report.findings, unsafe=True)
    for path, fixed in expected.items():
        text = _text_of(fixed)
        if path not in found:
            yield f"{path}: nothing in it can be fixed, though there is {fixed}"
        elif found[path].text != text:
            yield f"{fixed}: what the fixes make of the case is something else; compare `unitlint check --diff {path}`"
    for path in sorted(found.keys() - expected.keys()):
        yield f"{path}: is changed by the fixes, but there is nothing in {case}.fixed that says to what"


def expected_in(rule: Rule, case: str) -> list[CasePlace]:
    """(file, line) of every finding of ``rule`` that the case announces."""
    found: list[CasePlace] = []
    for path, lines in _texts(case):
        if os.path.basename(path) == EXPECT_FILE:
            places = (re.fullmatch(r"(.+?):([0-9]+):?\s+(\S+)\s*", line) for line in lines)
            found += [
                (os.path.join(case, one[1]), number_of_digits(one[2])) for one in places if one and one[3] == rule.code
            ]
            continue
        for number, line in enumerate(lines, 1):
            announced = EXPECT.match(line)
            if announced:
                codes = map(str.strip, announced[1].split(","))
                found += [(path, number + 1) for code in codes if code == rule.code]
    return found


def _texts(case: str) -> Iterator[tuple[str, list[str]]]:
    """The files of a case with their lines, as systemd counts these."""
    paths = [case] if not os.path.isdir(case) else sorted(_files(case))
    for path in paths:
        yield path, _text_of(path).replace("\r\n", "\n").split("\n")


def _text_of(path: str) -> str:
    try:
        return read_bytes(path).decode("utf-8", "surrogateescape")
    except CannotReadError as error:
        raise UnitlintError(f"cannot read the case: {error.reason}", path) from None


def _files(folder: str) -> Iterator[str]:
    for top, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(top, name)
            if os.path.isfile(path) and not os.path.islink(path):
                yield path


def report_of(rule: Rule, case: str) -> Report:
    """What ``rule`` finds in a case, read at the release and with the options that its comments name."""
    from unitlint.engine import run
    from unitlint.files.gather import discovered
    from unitlint.settings.model import Settings, from_keywords

    root = case if os.path.isdir(os.path.join(case, "etc", "systemd")) else None
    keywords: dict[str, object] = {"root": root, "respect_gitignore": False}
    # A rule of the past is asked at the last release that it holds for.
    keywords["systemd_version"] = _named_release(case) or rule.until
    options = _options(rule, case)
    if options:
        keywords["options"] = {rule.code: options}
    settings = from_keywords(Settings(), keywords)
    tree: Any = None
    if root is not None:
        from unitlint.files.root_tree import RootTree

        tree = RootTree(root)
    return run.run(
        discovered([case], settings),
        (rule,),
        settings.systemd_version,
        options=settings.options,
        root=tree,
        for_people=rule.profile != "conform",
    )


def _named_release(case: str) -> str | None:
    found = (RELEASE.match(line) for _, lines in _texts(case) for line in lines)
    return next((one[1] for one in found if one), None)


def _options(rule: Rule, case: str) -> dict[str, object]:
    """The options that the comments of a case set, checked as those of a settings file are."""
    from unitlint.engine.chosen_rules import check_selectors
    from unitlint.settings.model import Settings

    options: dict[str, object] = {}
    for path, lines in _texts(case):
        for number, line in enumerate(lines, 1):
            found = OPTION.match(line)
            if found is None:
                continue
            try:
                options |= _toml(found[1])
                check_selectors(Settings(options={rule.code: options}), [rule])
            except UnitlintError as error:
                raise UnitlintError(error.message, path, number, hint=error.hint) from None
    return options


def _toml(text: str) -> dict[str, object]:
    from unitlint.base.toml_text import NotTomlError, read_toml

    try:
        return read_toml(text)
    except NotTomlError as error:
        raise UnitlintError(str(error), hint='write `# option: allowed = ["a.service"]`') from None


def _more(these: Iterable[CasePlace], those: Iterable[CasePlace]) -> list[tuple[CasePlace, int]]:
    """The places that ``these`` name more often than ``those``, with how often they do."""
    return sorted((Counter(these) - Counter(those)).items())
