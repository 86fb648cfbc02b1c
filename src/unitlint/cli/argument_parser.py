"""argparse's parser, where its own words on a mistake leave out what to do."""

from __future__ import annotations

import argparse
import os
import sys

from unitlint.base.foreign_text import safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


class Parser(argparse.ArgumentParser):
    """For the command and its subcommands."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.subparsers: dict[str, Parser] = {}
        self.hints: list[str] = []

    def refuse(self, command: str, words: list[str]) -> NoReturn:
        """The usage of the subcommand, the words that it does not know, and what may have been meant."""
        from unitlint.base.likeness import did_you_mean

        parser = self.subparsers[command]
        known = list(parser._option_string_actions)  # noqa: SLF001  # argparse tells them in no other way
        meant = [did_you_mean(word.partition("=")[0], known) for word in words]
        parser.hints = [f"  {hint}" for hint in meant if hint]
        parser.error(f"unrecognized arguments: {' '.join(words)}")

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """As argparse does; in ``--as=--`` Python before 3.13 takes the value for the end of the options."""
        if action.option_strings and action.nargs is None and arg_strings == ["--"]:
            value = self._get_value(action, "--")
            self._check_value(action, value)
            return value
        return super()._get_values(action, arg_strings)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """As argparse does, with the choice that may have been meant."""
        if action.choices is None or value in action.choices:
            return
        from unitlint.base.likeness import did_you_mean

        choices = [str(choice) for choice in action.choices]
        near = did_you_mean(str(value), choices)
        what = f"invalid choice: {value!r}{f'; {near}' if near else ''}"
        raise argparse.ArgumentError(action, f"{what} (choose from {', '.join(choices)})")

    def _print_message(self, message: str, file: Any = None) -> None:
        """As argparse does, but output that cannot be written is an error."""
        (file or sys.stderr).write(message)

    def error(self, message: str) -> NoReturn:
        """The usage, the mistake, and for a file whose name begins with a dash how it is named."""
        words = map(safe, _files(sys.argv[1:]))
        hints = [f"  for the file {word} write ./{word}, or put -- before it" for word in words]
        super().error("\n".join([safe(message), *self.hints, *hints]))


def _files(words: list[str]) -> list[str]:
    """The words before ``--`` that were taken for options, and name a unit or a file."""
    from unitlint.values.unit_name import is_unit_name

    words = words[: words.index("--")] if "--" in words else words
    return [
        word for word in words if word.startswith("-") and word != "-" and (is_unit_name(word) or os.path.lexists(word))
    ]


class HelpFormatter(argparse.HelpFormatter):
    """argparse's own, but options and other words with hyphens are not broken at the end of a line."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return _wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines = _wrapped(text, width - len(indent))
        return "\n".join(f"{indent}{line}" for line in lines)


def _wrapped(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(" ".join(text.split()), max(width, 1), break_long_words=False, break_on_hyphens=False)
