"""Which edits mend a finding: one function a kind of mend, in the table by rule."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from unitlint.finding import Fix
    from unitlint.rules.model import Context, Hit, Rule
    from unitlint.units.unit import Unit

    Offer = Callable[[Unit, Hit, Context], Fix | None]

OFFERS = {
    "UL002": "lines:missing_equals",
    "UL003": "lines:section_header",
    "UL005": "lines:section_name",
    "UL007": "lines:blanks_behind_backslash",
    "UL008": "lines:last_backslash",
    "UL010": "lines:trailing_comment",
    "UL011": "lines:carriage_returns",
    "UL015": "lines:overridden",
    "UL101": "names:misspelt",
    "UL102": "names:move",
    "UL103": "values:respell",
    "UL104": "values:respell",
    "UL105": "values:double_percent",
    "UL106": "values:respell",
    "UL107": "values:as_systemd_does",
    "UL108": "names:rename",
    "UL109": "names:removed",
    "UL111": "values:as_systemd_does",
    "UL112": "names:rename",
    "UL302": "names:memory_limit",
    "UL430": "values:respell",
    "UL701": "additions:after_line",
    "UL703": "additions:after_line",
    "UL718": "values:respell",
    "UL901": "additions:reset",
}
"""The rules whose rule.yaml says ``fixable``, with the function (module:name) that makes their edits."""


def fix_of(rule: Rule, unit: Unit, hit: Hit, context: Context) -> Fix | None:
    """The fix for one finding of a fixable rule; None where there is none for this one."""
    return _offer(rule.code)(unit, hit, context)


_offers: dict[str, Offer] = {}


def _offer(code: str) -> Offer:
    if code not in _offers:
        from importlib import import_module

        module, _, name = OFFERS[code].partition(":")
        _offers[code] = getattr(import_module(f"unitlint.fix.{module}"), name)
    return _offers[code]
