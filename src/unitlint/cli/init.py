"""`unitlint init`."""

from __future__ import annotations

import os
import sys

from unitlint.base.errors import UnitlintError
from unitlint.base.foreign_text import safe, say
from unitlint.report.summary import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from unitlint.init.drafts import Draft, Drafts
    from unitlint.init.plan import PlannedPart
    from unitlint.settings.model import Settings

KINDS = {
    "unit": "unit", "quadlet": "Quadlet file", "dropin": "drop-in", "conf": "conf", "conf-dropin": "conf drop-in",
}  # fmt: skip
PARTS = {
    "settings": "[tool.unitlint] in pyproject.toml, or unitlint.toml",
    "pre-commit": "the hook in .pre-commit-config.yaml",
    "tox": "an environment in tox.ini",
    "pytest": "the option by which pytest collects units",
    "github": "a workflow for GitHub Actions",
    "gitlab": "a job in .gitlab-ci.yml",
}


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint init`."""
    from argparse import BooleanOptionalAction

    parser.add_argument(
        "folder", nargs="?", default=".", metavar="DIR", help="the top directory of the project (default: .)"
    )
    parser.add_argument(
        "--systemd-version", metavar="RELEASES", help="releases that read the units: 252, rhel9, 252..262"
    )
    parser.add_argument("-y", "--yes", action="store_true", help="write without asking")
    parser.add_argument(
        "--diff", "--dry-run", action="store_true", help="show what would be written, and write nothing"
    )
    some = parser.add_argument_group(
        "parts", "by default those that the project uses already; --tox adds tox, --no-tox leaves it out"
    )
    for name, what in PARTS.items():
        some.add_argument(f"--{name}", action=BooleanOptionalAction, default=None, help=what)


def main(arguments: Namespace) -> int:
    """Plans, shows, asks, writes; 2 where a file has to be edited by hand."""
    from unitlint.init.drafts import Drafts
    from unitlint.init.plan import parts, planned

    folder = os.path.normpath(arguments.folder)
    if not os.path.isdir(folder):
        raise UnitlintError(f"no such directory: {arguments.folder}")
    _say_what_is_there(folder)
    _say_where_the_top_is(folder)
    drafts = Drafts(folder)
    releases = _releases(arguments, drafts)
    outcomes = [planned(drafts, part, wanted=_wanted(arguments, part.name)) for part in parts(releases)]
    for outcome in outcomes:
        _say(outcome, arguments)
    changes = list(drafts)
    for draft in changes:
        _show(draft)
    status = 2 if any(outcome.state == "cannot" for outcome in outcomes) else 0
    if not changes:
        print("Nothing to do.")
    elif not arguments.diff:
        if not arguments.yes and not _agreed(changes):
            print("Nothing was written.")
            return status
        return max(status, _write(changes, folder))
    return status


def _wanted(arguments: Namespace, name: str) -> bool | None:
    wanted: bool | None = getattr(arguments, name.replace("-", "_"))
    return wanted


def _say_what_is_there(folder: str) -> None:
    from collections import Counter

    from unitlint.files.gather import discovered

    kinds = Counter(source.kind for source in discovered([folder], _settings(folder)))
    found = [counted(kinds[kind], word) for kind, word in KINDS.items() if kinds[kind]]
    if not found:
        raise UnitlintError(
            f"no units, drop-ins or confs below {safe(os.path.abspath(folder))}",
            hint="run it in the directory that contains them",
        )
    print(f"Found {', '.join(found)}.")


def _settings(folder: str) -> Settings:
    """Those that hold; where a file cannot be read, the defaults: the part that would edit it tells why it cannot."""
    from unitlint.settings.files import find
    from unitlint.settings.model import Settings

    try:
        return find(folder)
    except UnitlintError:
        return Settings()


def _say_where_the_top_is(folder: str) -> None:
    """pre-commit and CI servers read their files at the top of a repository only."""
    inner = os.path.abspath(folder)
    above = inner
    while not os.path.lexists(os.path.join(above, ".git")):
        above, below = os.path.dirname(above), above
        if above == below:
            return
    if above != inner:
        print(f"The repository's top is {safe(os.path.relpath(above, folder))}: set it up there for pre-commit and CI.")


def _releases(arguments: Namespace, drafts: Drafts) -> str:
    """What systemd-version is to be: as given, as answered, or the newest known release."""
    from unitlint.catalogue import NEWEST
    from unitlint.init import settings
    from unitlint.init.drafts import CannotEditError

    given: str | None = arguments.systemd_version
    if given is not None:
        fault, hint = _fault(given)
        if fault:
            raise UnitlintError(f"--systemd-version {fault}", hint=hint)
        return given.strip()
    try:
        is_set = arguments.settings is False or settings.file_of(drafts) is not None
    except CannotEditError:
        is_set = True
    if is_set or arguments.yes or arguments.diff:
        if not is_set:
            print(f"systemd-version: {NEWEST}, the newest; --systemd-version says which yours are.")
        return str(NEWEST)
    print(f"On which systemd releases do they run? (252, 247,252 or 252..{NEWEST}; nothing for {NEWEST})")
    while True:
        answer = _answer() or str(NEWEST)
        fault, hint = _fault(answer)
        if not fault:
            return answer
        print(f"This {fault}{f'; {hint}' if hint else ''}.")


def _fault(releases: str) -> tuple[str, str | None]:
    """What is wrong with an answer, and a hint."""
    from unitlint.base.errors import BadValueError
    from unitlint.settings.releases import parse_releases

    try:
        parse_releases(releases)
    except BadValueError as problem:
        return str(problem), problem.hint
    return "", None


def _say(outcome: PlannedPart, arguments: Namespace) -> None:
    part = outcome.part
    if outcome.state == "there":
        print(f"{part.title}: already there.")
    elif outcome.state == "unused" and _wanted(arguments, part.name) is None:
        print(f"{part.title}: not used here; --{part.name} adds it.")
    elif outcome.state == "planned" and part.name == "pytest":
        print(f"{part.title}: works where `unitlint` is installed beside pytest; add it to the tests' dependencies.")
    elif outcome.state == "cannot":
        by_hand = f"; to be added by hand:\n\n{outcome.by_hand}" if outcome.by_hand else ""
        print(f"unitlint: no {part.title}: {safe(str(outcome.reason))}{by_hand}", file=sys.stderr)


def _show(draft: Draft) -> None:
    from unitlint.cli.output import write
    from unitlint.fix.diff import unified

    write("\n" + unified(draft.path, draft.before or "", draft.after), None)


def _agreed(changes: Iterable[Draft]) -> bool:
    names = [safe(draft.path) for draft in changes]
    which = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    print(f"\nWrite {which}? [y/N]")
    return _answer().lower() in ("y", "yes")


def _answer() -> str:
    print("> ", end="", flush=True)
    try:
        answer = sys.stdin.readline()
    except OSError:  # it is closed
        answer = ""
    if not answer:
        raise UnitlintError("no terminal to answer at; nothing was written", hint="--yes writes, --diff only shows")
    return answer.strip()


def _write(changes: Iterable[Draft], folder: str) -> int:
    from unitlint.fix.write import NotWrittenError, create_text, replace_text

    status = 0
    for draft in changes:
        try:
            if draft.before is None:
                create_text(draft.path, draft.after, folder)
            else:
                replace_text(draft.path, draft.before, draft.after, [folder])
        except (NotWrittenError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            say(f"{safe(draft.path)}: not written: {reason}")
            status = 2
        else:
            print(f"Wrote {safe(draft.path)}.")
    if not status:
        print("Now run: unitlint check. In an old repository, --add-ignore or --write-baseline accepts what is found.")
    return status
