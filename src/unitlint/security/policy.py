"""A policy: other weights, ranges and descriptions, as ``systemd-analyze security --security-policy`` reads them."""

from __future__ import annotations

from unitlint.base.errors import UnitlintError
from unitlint.base.json_text import parse_json
from unitlint.base.likeness import did_you_mean
from unitlint.base.records import NamedTuple
from unitlint.security._assessments import ROWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from unitlint.security.score import Assessment

DESCRIPTIONS = ("description_good", "description_bad", "description_na")
KEYS = ("weight", "range", *DESCRIPTIONS)


class Policy(NamedTuple):
    """``weights`` maps a field to weight and range, ``descriptions`` a field and a key to a sentence.

    ``notes`` name what the file says of fields that no release has.
    """

    weights: Mapping[str, tuple[int, int]]
    descriptions: Mapping[tuple[str, str], str]
    notes: tuple[str, ...] = ()


NO_POLICY = Policy({}, {})


def parse_policy(text: str, path: str) -> Policy:
    """The policy in ``text``; raises UnitlintError with the place of a mistake.

    ``weight`` 0 leaves an assessment out of the sum (analyze-security.c: access_weight, access_range).
    """
    whole = parse_json(text, path, "this is not JSON")
    if not isinstance(whole, dict):
        raise UnitlintError("a policy is an object with a member a setting", path, hint=_EXAMPLE)
    known = {row[1]: (row[2], row[3]) for row in ROWS}
    weights: dict[str, tuple[int, int]] = {}
    descriptions: dict[tuple[str, str], str] = {}
    notes: list[str] = []
    for field, entry in whole.items():
        if field not in known:
            hint = did_you_mean(field, known)
            notes.append(f"{path}: no assessment is called `{field}`" + (f"; {hint}" if hint else ""))
            continue
        _check(field, entry, path)
        weight, scale = known[field]
        weights[field] = (entry.get("weight", weight), entry.get("range", scale))
        descriptions.update(((field, key), entry[key]) for key in DESCRIPTIONS if key in entry)
    return Policy(weights, descriptions, tuple(notes))


_EXAMPLE = 'for instance {"PrivateNetwork": {"weight": 4000}}'


def _check(field: str, entry: Any, path: str) -> None:
    if not isinstance(entry, dict):
        raise UnitlintError(f"`{field}` must be an object", path, hint=_EXAMPLE)
    for key, value in entry.items():
        where = f"`{key}` of `{field}`"
        if key not in KEYS:
            raise UnitlintError(f"{where} means nothing in a policy", path, hint=did_you_mean(key, KEYS))
        if key in DESCRIPTIONS:
            if not isinstance(value, str):
                raise UnitlintError(f"{where} must be a string", path)
        elif not isinstance(value, int) or isinstance(value, bool) or not (key == "range") <= value < 2**32:
            least = 1 if key == "range" else 0
            raise UnitlintError(f"{where} must be a whole number from {least} on", path)


def sentence(assessment: Assessment, policy: Policy) -> str:
    """What an attacker gains, or the description that the policy gives instead."""
    if policy.descriptions:
        badness = assessment.badness
        state = "na" if badness is None else "bad" if badness else "good"
        own = policy.descriptions.get((assessment.kind.field, f"description_{state}"))
        if own is not None:
            return own
    from unitlint.security.wording import gain

    return gain(assessment)
