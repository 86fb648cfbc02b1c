"""What is asked of a rule that is not built in: an own code prefix, its folder's name, a name and code of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence

from unitlint.base.errors import UnitlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.rules.model import Rule

BUILT_IN_PREFIX = "UL"
CODE = re.compile(r"[A-Z]{2,12}\d{3,4}")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
FOLDER = re.compile(rf"({CODE.pattern})-({NAME.pattern})")
DEFAULTS = {"category": "own", "profile": "default"}
"""Keys that a rule of one's own may leave out."""


def check_custom(raw: Any, path: str) -> None:
    """Raises UnitlintError for the first thing that only a built-in rule may say or be called."""
    from unitlint.rules.validate import at

    code, name = str(raw["code"]), str(raw["name"])
    for key, fault in (("code", fault_of_code(code)), ("name", fault_of_name(name))):
        if fault is not None:
            raise at(raw, key, path, *fault)
    folder = os.path.basename(os.path.dirname(os.path.abspath(path)))
    if folder != f"{code}-{name}":
        raise at(raw, "code", path, f"the directory of this rule is called `{folder}`", f"rename it to `{code}-{name}`")


def fault_of_code(code: str) -> tuple[str, str] | None:
    """Why ``code`` cannot be that of an own rule, and what to do; None where it can."""
    if code.startswith(BUILT_IN_PREFIX):
        return f"codes with {BUILT_IN_PREFIX} are built in", "use a prefix of your own, such as ACME001"
    if not CODE.fullmatch(code):
        return f"`{code}` is not a valid code", "two capital letters or more, then three digits, such as ACME001"
    return None


def fault_of_built_in_code(code: str) -> tuple[str, str] | None:
    """The same for the code of a rule that comes with unitlint."""
    if code.startswith(BUILT_IN_PREFIX) and CODE.fullmatch(code):
        return None
    return f"`{code}` is not the code of a built-in rule", f"{BUILT_IN_PREFIX} and three digits, such as UL631"


def fault_of_name(name: str) -> tuple[str, str] | None:
    """The same for the name of a rule."""
    if NAME.fullmatch(name):
        return None
    return f"`{name}` is not a valid rule name", "say what is wrong in small letters, digits and hyphens: runs-as-root"


def check_unique(rules: Iterable[Rule], before: Sequence[Rule] = ()) -> None:
    """Raises UnitlintError where a rule has the code or the name of another one."""
    taken = {word: rule for rule in before for word in (rule.code, rule.name)}
    for rule in rules:
        for word in (rule.code, rule.name):
            other = taken.setdefault(word, rule)
            if other is not rule:
                where = other.file or "built in"
                raise UnitlintError(f"`{word}` is the code or name of another rule already ({where})", rule.file, 1, 1)
