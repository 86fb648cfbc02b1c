"""Text in which specifiers are expanded: nearly every unit has some, so that this is a module of its own."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.expand import expand
from unitlint.grammar.problem import Context, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.finding import Effect

BAD_SPECIFIER = "it holds a specifier that does not exist here"


def string(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_unit_string_printf: any text whose specifiers can be expanded."""
    if context.directive.endswith("RebootArgument"):
        from unitlint.grammar.free_text import reboot_parameter

        return reboot_parameter(text, context)  # its own function is of 256, and came to the older releases in patches
    if expand(text, context) is None:
        return (Problem(effect_of(context), 0, len(text), BAD_SPECIFIER, "bad-specifier"),)
    return ()


def effect_of(context: Context) -> Effect:
    """Refused for the directives without whose value systemd does not load a unit, else ignored."""
    return "refused" if context.entry.get("fatal_on_error") is True else "ignored"
