"""What `--fix` does: a function a kind of fix, named by the rule.yaml as ``fix: module:function``."""

from __future__ import annotations

from unitlint.base import late_imports

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from unitlint.base.finding import Fix
    from unitlint.rules.model import Context, Hit
    from unitlint.units.unit import Unit

    FixMaker = Callable[[Unit, Hit, Context], Fix | None]


def load_fix(place: str) -> FixMaker:
    """The function that a rule.yaml names; it returns None where a finding has no fix."""
    found: FixMaker = late_imports.function(f"unitlint.fix.{place}")
    return found
