"""Ini files, of which iniparse keeps every character."""

from __future__ import annotations

import re

from unitlint.init.drafts import AlreadyThereError, CannotEditError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def sections_of(text: str) -> dict[str, dict[str, str]]:
    """The sections with their options; raises CannotEditError for what is no ini file."""
    parsed = _parsed(text)
    return {name: {key: str(parsed[name][key]) for key in parsed[name]} for name in parsed}


def with_section(text: str, name: str, options: Mapping[str, str]) -> str:
    """The text with a new section at its end; raises AlreadyThereError where there is one."""
    parsed = _parsed(text)
    if name in list(parsed):
        raise AlreadyThereError
    for key, value in options.items():
        parsed[name][key] = value
    # iniparse leaves two empty lines above a new section, and one at the top of an empty file.
    return re.sub(rf"(?:\A|(\n))\n*(?=\[{re.escape(name)}\]\n)", r"\1\1", _ended(str(parsed)))


def with_option(text: str, section: str, key: str, value: str) -> str:
    """The text with a new option in a section that is there; raises AlreadyThereError where it has one."""
    parsed = _parsed(text)
    if section not in list(parsed):
        raise CannotEditError(f"it has no section [{section}]", f"[{section}]\n{key} = {value}\n")
    if key in list(parsed[section]):
        raise AlreadyThereError
    parsed[section][key] = value
    return _ended(str(parsed))


def _parsed(text: str) -> Any:
    from configparser import Error
    from io import StringIO

    from iniparse import INIConfig

    try:
        parsed = INIConfig(StringIO(_ended(text)), optionxformvalue=None)
    except (Error, AttributeError, ValueError) as error:
        said = str(error).splitlines()[-1].strip() if str(error) else type(error).__name__
        raise CannotEditError(f"it is not an ini file: {said}") from None
    if str(parsed) != _ended(text):
        raise CannotEditError("it is written in a way that could not be kept")
    return parsed


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"
