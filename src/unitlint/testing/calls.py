"""Calls of a test whose failures are told where the test makes them, without the frames of the linter."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from unitlint.base.errors import UnitlintError

P = ParamSpec("P")
R = TypeVar("R")


def told_at_the_call(function: Callable[P, R]) -> Callable[P, R]:
    """``function``, whose AssertionError and UnitlintError begin at the line of the test; others keep their frames."""

    @wraps(function)
    def call(*arguments: P.args, **keywords: P.kwargs) -> R:
        __tracebackhide__ = True
        try:
            return function(*arguments, **keywords)
        except (AssertionError, UnitlintError) as error:
            raise error.with_traceback(None) from None

    return call
