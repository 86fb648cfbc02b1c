"""Assessments to one number (analyze-security.c: assess)."""

from __future__ import annotations

from functools import cache

from unitlint.base.records import NamedTuple
from unitlint.security._assessments import ROWS
from unitlint.security.badness import FUNCTIONS
from unitlint.security.settings import TAKES_CAPABILITIES, ServiceSettings, service_settings
from unitlint.syntax.document import Assignment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from unitlint.security.badness import Badness
    from unitlint.security.settings import History
    from unitlint.units.unit import Unit

if TYPE_CHECKING:
    Weights = Mapping[str, tuple[int, int]]

LEVELS = (
    (100, "DANGEROUS"), (90, "UNSAFE"), (75, "EXPOSED"), (50, "MEDIUM"), (10, "OK"), (1, "SAFE"), (0, "PERFECT"),
)  # fmt: skip


class AssessmentKind(NamedTuple):
    """One thing that is assessed; ``id`` is systemd's name of it, ``field`` the one in JSON.

    ``directives`` are those that decide; ``early`` tells that it does not apply to services of early boot.
    """

    id: str
    field: str
    weight: int
    range: int
    function: Badness
    parameter: Any
    directives: tuple[str, ...]
    early: bool


class Assessment(NamedTuple):
    """``badness`` is None where the kind does not apply; ``exposure`` is its share of the whole, in tenths.

    ``weight`` and ``range`` are the kind's, or those of a policy.
    """

    kind: AssessmentKind
    weight: int
    range: int
    badness: int | None
    exposure: int
    cause: Assignment | None


class Exposure(NamedTuple):
    """The outcome for one service; ``tenths`` is 0 to 100, as systemd counts."""

    unit: Unit
    release: int
    tenths: int
    rating: str
    assessments: tuple[Assessment, ...]

    @property
    def value(self) -> float:
        """The number that systemd prints, 0.0 to 10.0."""
        return self.tenths / 10


@cache
def kinds(release: int) -> tuple[AssessmentKind, ...]:
    """What a release assesses, the heaviest first."""
    return tuple(
        AssessmentKind(_name_at(name, release), field, weight, scale, FUNCTIONS[how], parameter, directives, early)
        for name, field, weight, scale, how, parameter, directives, since, backports, early in ROWS
        if since <= release or release in backports
    )


def _name_at(name: str, release: int) -> str:
    """Until 250 the kinds of namespaces had the names that clone(2) gives them."""
    head, tilde, kind = name.partition("RestrictNamespaces=~")
    if release >= 250 or not tilde:
        return name
    return f"{head}{tilde}CLONE_NEW{'NS' if kind == 'mnt' else kind.upper()}"


def expose(unit: Unit, release: int, weights: Weights | None = None) -> Exposure:
    """The exposure of a service; ``weights`` are those of a policy."""
    settings = service_settings(unit, release)
    judged = []
    points = total = 0
    for kind in kinds(release):
        weight, scale = kind.weight, kind.range
        if weights is not None:
            weight, scale = weights.get(kind.field, (weight, scale))
        badness = None
        if weight and (settings.default_dependencies or not kind.early):
            badness = kind.function(settings, kind.parameter)
        if badness is not None:
            badness = min(badness, scale)
            points += -(-badness * weight // scale)
            total += weight
        judged.append((kind, weight, scale, badness))
    tenths = -(-points * 100 // total) if total else 0
    assessments = [
        Assessment(
            kind, weight, scale, badness, _share(badness, weight, scale, total), cause_of(kind, badness, settings)
        )
        for kind, weight, scale, badness in judged
    ]
    if weights is not None:
        assessments.sort(key=lambda one: (-one.weight, one.kind.id))
    return Exposure(unit, release, tenths, rating_of(tenths), tuple(assessments))


def _share(badness: int | None, weight: int, scale: int, total: int) -> int:
    if not badness:
        return 0
    points = -(-badness * weight * 100 // scale)
    return -(-points // total)


def rating_of(tenths: int) -> str:
    """systemd's word for an exposure of 0 to 100."""
    return next(word for least, word in LEVELS if tenths >= least)


def cause_of(kind: AssessmentKind, badness: int | None, settings: ServiceSettings) -> Assignment | None:
    """The assignment that made the assessment what it is: the last that changed it, else the last one."""
    histories = settings.histories
    if badness is None:
        directives: tuple[str, ...] = ()
    elif kind.id == "DeviceAllow=" and badness == 5:
        directives = ("DeviceAllow",)
    elif kind.id == "IPAddressDeny=" and badness in (2, 5):
        directives = ("IPAddressAllow",)
    else:
        directives = kind.directives
    for directive in directives:
        history = histories.get(directive)
        if history is not None:
            return _deciding(kind, badness, settings, directive, history)
    return None


def _deciding(
    kind: AssessmentKind, badness: int | None, settings: ServiceSettings, directive: str, history: History
) -> Assignment:
    if len(history) == 1 or directive in TAKES_CAPABILITIES:
        return history[-1][0]
    for number in range(len(history) - 1, 0, -1):
        before = settings._replace(values={**settings.values, directive: history[number - 1][1]})
        if kind.function(before, kind.parameter) != badness:
            return history[number][0]
    return history[0][0]  # what came later left it as it was
