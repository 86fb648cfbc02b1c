"""`unitlint security`."""

from __future__ import annotations

import sys
from collections import Counter

from unitlint.base.errors import UnitlintError
from unitlint.base.foreign_text import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from unitlint.security.policy import Policy
    from unitlint.security.score import Exposure

FORMATS = ("text", "json", "markdown", "sarif", "html")


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint security`."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="services, or directories with services (default: .)")
    parser.add_argument(
        "--threshold", metavar="N", help="exit with 1 if a service has a higher exposure than this, such as 6.5"
    )
    parser.add_argument(
        "--policy", metavar="FILE", help="read other weights from this file, as systemd-analyze --security-policy does"
    )
    parser.add_argument(
        "--systemd-version", metavar="RELEASE", help="compute the exposure as this release does (default: newest)"
    )
    parser.add_argument("--root", metavar="DIR", help="read the units and drop-ins of this root directory")
    parser.add_argument("--config", metavar="FILE", help="read the settings from this file")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")
    parser.add_argument(
        "--exclude", metavar="PATTERNS", help="leave out these files: patterns as in .gitignore, separated by commas"
    )
    parser.add_argument("--output-format", choices=FORMATS, default="text")
    parser.add_argument("--output-file", metavar="FILE", help="write the report into this file")
    parser.add_argument("--summary", action="store_true", help="print one line for each service, without the tables")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def main(arguments: Namespace) -> int:
    """Prints the exposure of every service, and returns 0, 1 (above the threshold) or 2."""
    from unitlint.cli.output import write

    threshold = parse_threshold(arguments.threshold)
    policy = _policy(arguments.policy)
    errors: list[str] = []
    passed_over: Counter[str] = Counter()
    exposures = list(_exposures(arguments, policy, errors, passed_over))
    for message in errors:
        say(message)
    if passed_over:
        say(f"skipped {_listed(passed_over)}; name one to measure it")
    if not exposures and not errors:
        say("no services found")
    write(_rendered(exposures, policy, arguments, threshold), arguments.output_file)
    if errors or not exposures:
        return 2
    return int(threshold is not None and any(exposure.tenths > threshold for exposure in exposures))


def parse_threshold(text: str | None) -> int | None:
    """Tenths of ``6.5``; raises UnitlintError for what is no number from 0 to 10."""
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 10:
        hint = f"did you mean {number / 10}?" if 10 < number <= 100 else "write it as systemd prints it: 6.5"
        raise UnitlintError(f"the threshold must be a number from 0 to 10, not `{text}`", hint=hint)
    return int(number * 10 + 1e-9)


def _policy(path: str | None) -> Policy:
    from unitlint.security.policy import NO_POLICY, parse_policy

    if path is None:
        return NO_POLICY
    from unitlint.base.safe_read import CannotReadError, read_bytes

    try:
        policy = parse_policy(read_bytes(path).decode("utf-8"), path)
    except CannotReadError as error:
        raise UnitlintError(f"cannot read the policy: {error.reason}", path) from None
    except UnicodeDecodeError:
        raise UnitlintError("cannot read the policy: it is not UTF-8", path) from None
    for note in policy.notes:
        say(note)
    return policy


def _listed(passed_over: Counter[str]) -> str:
    """``2 templates, 1 Quadlet file``."""
    from unitlint.report.summary import counted

    plural = {"unit in another file": "units in other files"}
    return ", ".join(
        f"{number} {plural[what]}" if number > 1 and what in plural else counted(number, what)
        for what, number in passed_over.items()
    )


def _exposures(
    arguments: Namespace, policy: Policy, errors: list[str], passed_over: Counter[str]
) -> Iterator[Exposure]:
    from unitlint.api import services_below
    from unitlint.cli.checking import settings_of
    from unitlint.files.root_release import at_release_of_root
    from unitlint.security.score import expose
    from unitlint.settings.model import from_keywords

    paths = arguments.paths or [arguments.root or "."]
    for found, some, _ in settings_of(arguments, paths):
        keywords = {"systemd_version": arguments.systemd_version, "root": arguments.root}
        given = from_keywords(found, {**keywords, "extend_exclude": arguments.exclude})
        settings, _ = at_release_of_root(given)
        _say_if_unmeasured(settings.systemd_version[-1])
        for unit in services_below(some, settings, errors, passed_over):
            yield expose(unit, settings.systemd_version[-1], policy.weights or None)


def _rendered(exposures: list[Exposure], policy: Policy, arguments: Namespace, threshold: int | None) -> str:
    if arguments.output_format == "json":
        from unitlint.report.exposure import json_format

        return json_format.render(exposures, policy)
    if arguments.output_format == "markdown":
        from unitlint.report.exposure import markdown

        return markdown.render(exposures, policy)
    if arguments.output_format == "sarif":
        from unitlint.report.exposure import sarif

        return sarif.render(exposures, policy, threshold)
    if arguments.output_format == "html":
        from unitlint.report.exposure import html

        return html.render(exposures, policy, threshold)
    from unitlint.cli.output import wants_color
    from unitlint.report.exposure import text

    color = not arguments.output_file and wants_color(arguments.color, sys.stdout)
    return text.render(exposures, policy, color=color, summary=arguments.summary, threshold=threshold)


MEASURED_SINCE = 252
"""From this release on systemd tells the exposure of a unit file that is not loaded, so that it could be compared."""


def _say_if_unmeasured(release: int) -> None:
    if release < MEASURED_SINCE:
        print(
            f"unitlint: the exposure at systemd {int(release)} was not compared with the real systemd; from systemd"
            f" {MEASURED_SINCE} on it was",
            file=sys.stderr,
        )
