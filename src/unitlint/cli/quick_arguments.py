"""Command lines that need no argparse.

Importing argparse, making a parser of two dozen options and looking up translations is a fifth of what a cold start
may cost.  Words that name files or spell an option out are read here; for anything else, be it help, an abbreviation
or a mistake, :func:`parse` gives None and argparse has its say.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence
    from typing import Any

FLAG, APPEND = "store_true", "append"
PLAIN = frozenset(("help", "metavar", "default", "choices", "type", "action", "nargs", "dest"))
"""What an option may say of itself here."""


class _Values:
    """The stand-in for argparse.Namespace."""


class _Unsure(Exception):
    """This is for argparse."""


class Options:
    """Takes the options that a command adds to its parser, as argparse would."""

    def __init__(self) -> None:
        self.values = _Values()
        self.by_flag: dict[str, dict[str, Any]] = {}
        self.positional: dict[str, Any] | None = None

    def add_argument_group(self, *_about: str) -> Options:
        """Groups matter to the help only."""
        return self

    def add_argument(self, *flags: str, **about: Any) -> None:
        """An option, or the one positional argument."""
        if not about.keys() <= PLAIN or about.get("action", FLAG) not in (FLAG, APPEND):
            raise _Unsure
        name = next((flag for flag in flags if flag.startswith("--")), flags[0])
        about.setdefault("dest", name.lstrip("-").replace("-", "_"))
        if not flags[0].startswith("-"):
            if self.positional is not None or about.get("nargs") != "*":
                raise _Unsure
            self.positional = about
            setattr(self.values, about["dest"], [])
            return
        if "nargs" in about:
            raise _Unsure
        setattr(self.values, about["dest"], about.get("default", False if about.get("action") == FLAG else None))
        self.by_flag.update(dict.fromkeys(flags, about))


def parse(add_arguments: Callable[[Any], None], words: Sequence[str]) -> Namespace | None:
    """The values of a command's options, with those of argparse's names; None where argparse is to be asked."""
    options = Options()
    try:
        add_arguments(options)
        _read(options, words)
    except (_Unsure, ValueError):
        return None
    return options.values  # type: ignore[return-value]


def _read(options: Options, words: Sequence[str]) -> None:
    waiting = iter(words)
    places: list[str] = []
    for word in waiting:
        if not word.startswith("-") or word == "-":
            places.append(word)
            continue
        flag, equals, text = word.partition("=")
        about = options.by_flag.get(flag)
        if about is None or (equals and not flag.startswith("--")):
            raise _Unsure
        if about.get("action") == FLAG:
            value: Any = True
            if equals:
                raise _Unsure
        else:
            value = _value(text if equals else next(waiting, "-"), about)
            if "action" in about:
                value = [*(getattr(options.values, about["dest"]) or ()), value]
        setattr(options.values, about["dest"], value)
    if places:
        if options.positional is None:
            raise _Unsure
        setattr(options.values, options.positional["dest"], places)


def _value(text: str, about: dict[str, Any]) -> Any:
    """The text as its type; one that looks like an option or is no choice is for argparse to refuse."""
    try:
        value = about["type"](text) if "type" in about else text
    except Exception as error:  # argparse will meet it again, and knows how to report it
        raise _Unsure from error
    if text.startswith("-") or value not in about.get("choices", (value,)):
        raise _Unsure
    return value
