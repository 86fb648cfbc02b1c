"""`unitlint check` with --fix, --fix-only and --diff."""

from __future__ import annotations

import sys

from unitlint.base.errors import UnitlintError
from unitlint.base.plain_text import plain
from unitlint.cli.checking import checked, exit_status, joined, say_what_went_wrong, show, sources_of
from unitlint.cli.output import write
from unitlint.engine.fix_loop import Mended, mend, without
from unitlint.fix.write import NotWrittenError, replace_text
from unitlint.report.summary import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from unitlint.cli.checking import Groups
    from unitlint.engine.report import Report
    from unitlint.files.source import Source
    from unitlint.settings.model import Settings


def main(arguments: Namespace, groups: Groups) -> int:
    """Mends, shows what is left or what would change, and returns 0, 1 or 2."""
    if arguments.write_baseline:
        raise UnitlintError("--write-baseline goes without fixes: it is about what stays as it is")
    checks = [_check_by(settings, arguments) for settings, _ in groups]
    outcomes = [
        mend(sources_of(settings, paths, arguments), check, unsafe=arguments.unsafe_fixes)
        for check, (settings, paths) in zip(checks, groups, strict=True)
    ]
    if arguments.diff:
        return _show_diff(outcomes, arguments)
    if groups[0][1] == ["-"]:
        return _to_standard_output(outcomes[0], groups[0][0], arguments)
    planned = sum(len(one.after) for one in outcomes)
    outcomes = [
        _written(mended, paths, check) for mended, check, (_, paths) in zip(outcomes, checks, groups, strict=True)
    ]
    failed = planned > sum(len(one.after) for one in outcomes)
    if not arguments.quiet:
        _say_what_was_fixed(outcomes)
    reports = [one.report for one in outcomes]
    if arguments.fix_only:
        say_what_went_wrong(joined(reports), arguments)
        status = 2 if any(one.errors for one in reports) else 0
    else:
        status = show(reports, groups, arguments)
    return 2 if failed else status


def _show_diff(outcomes: list[Mended], arguments: Namespace) -> int:
    """Status 1 where something would change, as of `ruff check --diff`."""
    from unitlint.fix.diff import unified

    differ = False
    for mended in outcomes:
        for path, after in sorted(mended.after.items()):
            write(unified(path, mended.before[path], after), None)
            differ = True
    report = joined([one.report for one in outcomes])
    say_what_went_wrong(report, arguments)
    if not arguments.quiet:
        _say_what_was_fixed(outcomes, "Would fix")
    return 2 if report.errors else int(differ)


def _to_standard_output(mended: Mended, settings: Settings, arguments: Namespace) -> int:
    """The text of standard input as it should be; what is left to report goes to standard error."""
    from unitlint.report import concise

    text = next(iter(mended.after.values()), None)
    if text is None:
        text = next((mended.report.sources[path] for path in mended.report.sources), "")
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.flush()
    say_what_went_wrong(mended.report, arguments)
    if arguments.fix_only:
        return 2 if mended.report.errors else 0
    sys.stderr.write(concise.render(mended.report, quiet=arguments.quiet))
    return exit_status(mended.report, settings.fail_on)


def _check_by(settings: Settings, arguments: Namespace) -> Callable[[list[Source]], Report]:
    def check(sources: list[Source]) -> Report:
        return checked(sources, settings, arguments)

    return check


def _written(mended: Mended, paths: list[str], check: Callable[[list[Source]], Report]) -> Mended:
    """Writes what changed; a file that cannot be written is told of, and what is wrong in it reported after all."""
    left = mended
    for path, after in sorted(mended.after.items()):
        try:
            replace_text(path, mended.before[path], after, paths)
        except NotWrittenError as reason:
            print(f"unitlint: {plain(path)}: left as it is: {reason}", file=sys.stderr)
            left = without(left, path)
    return left if left is mended else left._replace(report=check(left.sources))


def _say_what_was_fixed(outcomes: list[Mended], word: str = "Fixed") -> None:
    number = sum(sum(one.fixed.values()) for one in outcomes)
    files = sum(len(one.after) for one in outcomes)
    if number:
        print(f"{word} {counted(number, 'finding')} in {counted(files, 'file')}.", file=sys.stderr)
