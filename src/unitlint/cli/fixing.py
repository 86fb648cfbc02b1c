"""`unitlint check` with --fix, --fix-only and --diff."""

from __future__ import annotations

import os
import sys

from unitlint.base.errors import UnitlintError
from unitlint.base.foreign_text import say
from unitlint.base.whole_file import clear_temporary_files
from unitlint.cli.checking import checked, exit_status, input_of, is_empty, say_what_went_wrong, show
from unitlint.cli.output import write, write_bytes
from unitlint.engine.fix_loop import FixResult, fix_all, not_fixed, once_a_file, without
from unitlint.engine.refusals import refusals_by
from unitlint.engine.report import joined, renamed
from unitlint.fix.write import NotWrittenError, replace_text
from unitlint.report.summary import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from unitlint.cli.checking import Group, Input
    from unitlint.engine.report import Report
    from unitlint.files.source import Source
    from unitlint.settings.model import Settings


FIXED = ("unit", "dropin", "conf", "conf-dropin", "quadlet", "quadlet-dropin")
"""The kinds of files that are written."""


def main(arguments: Namespace, groups: Sequence[Group]) -> int:
    """Fixes, shows what is left or what would change, and returns 0, 1 or 2."""
    if arguments.write_baseline:
        raise UnitlintError("--write-baseline goes without fixes: it is about what stays as it is")
    inputs = [input_of(group, arguments) for group in groups]
    results = [_fixed(some, group, arguments) for some, group in zip(inputs, groups, strict=True)]
    if is_empty([result.report for result in results]):
        from unitlint.cli.emptiness import refuse_empty

        reports = refuse_empty([result.report for result in results], groups, arguments)
        results = [result._replace(report=report) for result, report in zip(results, reports, strict=True)]
    if arguments.diff:
        return _show_diff(results, inputs, arguments)
    if groups[0].paths == ["-"]:
        result = results[0]._replace(report=_shown(results, inputs)[0])
        return _to_standard_output(inputs[0].text or b"", result, groups[0].settings, arguments)
    _clear_temporary_files(results)
    written = [_written(*given, arguments) for given in zip(results, inputs, groups, strict=True)]
    if not arguments.quiet:
        _say_what_was_fixed(written)
    status = _show_rest(_shown(written, inputs), groups, arguments)
    return 2 if sum(len(result.after) for result in written) < sum(len(result.after) for result in results) else status


def _fixed(some: Input, group: Group, arguments: Namespace) -> FixResult:
    """What the fixes make of the files, none of which is written yet."""
    check = _check_by(group.settings, arguments)
    refusals = refusals_by(group.settings)
    result = once_a_file(fix_all(some.sources, check, unsafe=arguments.unsafe_fixes, refusals=refusals))
    return _without_harmful_fixes(result) if result.taken_back else result


def _without_harmful_fixes(result: FixResult) -> FixResult:
    """Says which findings stay because of what their fixes would bring; these are none to be fixed."""
    left = not_fixed(result)
    for finding in left:
        say(f"{finding.path}:{finding.line}: {finding.code} stays: its fix brings a refusal or another error")
    findings = [finding._replace(fix=None, fixable=False) if finding in left else finding
                for finding in result.report.findings]  # fmt: skip
    return result._replace(report=result.report._replace(findings=tuple(findings)))


def _shown(results: list[FixResult], inputs: list[Input]) -> list[Report]:
    return [renamed(result.report, some.shown) for result, some in zip(results, inputs, strict=True)]


def _show_rest(reports: list[Report], groups: Sequence[Group], arguments: Namespace) -> int:
    """Shows what is left to report, unless --fix-only is given."""
    if not arguments.fix_only:
        return show(reports, groups, arguments)
    report = joined(reports)
    say_what_went_wrong(report, arguments)
    return 2 if report.errors else 0


def _show_diff(results: list[FixResult], inputs: list[Input], arguments: Namespace) -> int:
    """Status 1 where something would change, as of `ruff check --diff`."""
    from unitlint.fix.diff import unified

    differ = False
    for result, some in zip(results, inputs, strict=True):
        for path, after in sorted(result.after.items()):
            write(unified(some.shown.get(path, path), result.before[path], after), None)
            differ = True
    report = joined(_shown(results, inputs))
    say_what_went_wrong(report, arguments)
    if not arguments.quiet:
        _say_what_was_fixed(results, "Would fix")
    return 2 if report.errors else int(differ)


def _to_standard_output(text: bytes, result: FixResult, settings: Settings, arguments: Namespace) -> int:
    """The text of standard input as it should be, or as it is; what is left to report goes to standard error."""
    from unitlint.report import concise

    fixed = next(iter(result.after.values()), None)
    write_bytes((text if fixed is None else fixed.encode("utf-8", "surrogateescape"),))
    say_what_went_wrong(result.report, arguments)
    if arguments.fix_only:
        return 2 if result.report.errors else 0
    sys.stderr.write(concise.render(result.report, quiet=arguments.quiet))
    return exit_status(result.report, settings.fail_on)


def _check_by(settings: Settings, arguments: Namespace) -> Callable[[list[Source]], Report]:
    def check(sources: list[Source]) -> Report:
        return checked(sources, settings, arguments)

    return check


def _written(result: FixResult, some: Input, group: Group, arguments: Namespace) -> FixResult:
    """Writes what changed; a file that cannot be written is told of, and what is wrong in it reported after all."""
    left = result
    for path, after in sorted(result.after.items()):
        try:
            replace_text(some.shown.get(path, path), result.before[path], after, group.paths, group.settings.root)
        except NotWrittenError as reason:
            say(f"{some.shown.get(path, path)}: left as it is: {reason}")
            left = without(left, path)
    return left if left is result else left._replace(report=_check_by(group.settings, arguments)(left.sources))


def _clear_temporary_files(results: list[FixResult]) -> None:
    """Takes away what runs that were killed have left beside the files that are looked at."""
    for folder in {
        os.path.dirname(source.path) for result in results for source in result.sources if source.kind in FIXED
    }:
        clear_temporary_files(folder)


def _say_what_was_fixed(results: list[FixResult], word: str = "Fixed") -> None:
    number = sum(sum(result.fixed.values()) for result in results)
    files = sum(len(result.after) for result in results)
    if number:
        print(f"{word} {counted(number, 'finding')} in {counted(files, 'file')}.", file=sys.stderr)
