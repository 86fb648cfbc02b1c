"""One list of findings out of those at several releases, in the names that the user has for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from unitlint.base.finding import Finding
from unitlint.base.whole_numbers import is_whole_number
from unitlint.engine.dispatch import in_order, with_fix, without_fix
from unitlint.engine.plan import Plan

_Held = list[tuple[int, Finding]]


def needs_joining(plans: list[Plan]) -> bool:
    """False where every finding of the only release holds for all of its targets."""
    return len(plans) > 1 or any(backports_of(target) for target in plans[0].targets)


def join_releases(found: Iterable[tuple[Plan, Iterable[Finding]]]) -> list[Finding]:
    """What is found at each release as one list; what holds for some targets only says for which.

    Findings that differ in nothing but the number of the release in their words are one, in the words for the newest.
    A fix has to suit all of the releases.
    """
    held: dict[Finding, _Held] = {}
    targets = 0
    for plan, findings in found:
        asked = plan.targets or (plan.release,)
        targets += len(asked)
        for finding in findings:
            places = held.setdefault(_without_release(without_fix(finding), plan.release), [])
            places += [(target, finding) for target in asked if not _is_backported(finding, target)]
    return sorted(_joined(held, targets), key=in_order)


def _joined(held: dict[Finding, _Held], targets: int) -> Iterator[Finding]:
    for places in held.values():
        if not places:
            continue
        newest = max(places, key=lambda place: int(place[0]))[1]
        if len({str(target) for target, _ in places}) < targets:
            names = named([target for target, _ in places])
            yield without_fix(newest)._replace(message=f"{newest.message} ({names})")
        else:
            yield with_fix(without_fix(newest), (finding.fix for _, finding in places))


def named(targets: Iterable[int]) -> str:
    """``systemd 247, 252``, or ``on rhel8, debian12 and systemd 257`` where a target has a name."""
    names = list(dict.fromkeys(map(str, targets)))
    if all(is_whole_number(name) for name in names):
        return f"systemd {', '.join(names)}"
    runs = (list(run) for _, run in groupby(names, is_whole_number))
    shown = [word for run in runs for word in ([f"systemd {', '.join(run)}"] if is_whole_number(run[0]) else run)]
    return "on " + " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def backports_of(target: int) -> frozenset[str]:
    """What the build of a named target has beyond its release (settings/releases.py: Target)."""
    found: frozenset[str] = getattr(target, "backports", frozenset())
    return found


def _is_backported(finding: Finding, target: int) -> bool:
    """True for an objection to a directive or value that the target has in spite of its release."""
    backports = backports_of(target)
    if not backports or finding.section is None or finding.directive is None:
        return False
    directive = f"{finding.section}.{finding.directive.rstrip('=')}"
    if directive in backports:
        return finding.effect == "ignored"

    import re

    values = (backport.partition("=")[2] for backport in backports if backport.startswith(f"{directive}="))
    return any(re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", finding.message) for value in values)


def _without_release(finding: Finding, release: int) -> Finding:
    number = str(release)
    if number not in finding.message and number not in finding.help:
        return finding

    import re

    as_word = re.compile(rf"\b{number}\b")
    return finding._replace(message=as_word.sub("…", finding.message), help=as_word.sub("…", finding.help))
