"""A unit's text within another file, as the module of a kind of file (files/host_kinds.py) finds it."""

from __future__ import annotations

from unitlint.base.records import NamedTuple


class Embedded(NamedTuple):
    """A text in a file: its path on the machine, and where it is written in the file.

    ``start`` and ``end`` are offsets into the file's text; ``style`` is a word for the module that found it on how
    it is written there. ``template`` is a language of syntax/template_tokens.py, ``part`` for some lines of a file, or
    "". ``skipped`` says why it cannot be read, or is "".
    """

    path: str
    text: str
    start: int
    end: int
    style: str = ""
    template: str = ""
    skipped: str = ""


class CannotSearchError(Exception):
    """Why a file cannot be searched for units, as a clause for a person: "not YAML: …"."""


class HostPlace(NamedTuple):
    """Where a unit is written: the path and text of the file, the module for such files, and the part of the text."""

    path: str
    text: str
    module: str
    embedded: Embedded
