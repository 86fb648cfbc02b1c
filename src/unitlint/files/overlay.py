"""Texts in place of files: the unsaved buffers of an editor, and what fixes make of files before these are written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from stat import S_IMODE, S_ISREG

from unitlint.base.records import NamedTuple
from unitlint.files.layout import tree_of_source
from unitlint.files.named import named_file
from unitlint.files.names import edited_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.source import Source


class _Text(NamedTuple):
    """The path that was given, that under which the text is checked, and the text."""

    given: str
    checked: str
    data: bytes


class Overlay:
    """Contents by path.  The files need not exist; a file of ``systemctl edit`` stands for the one that it becomes.

    ``on_disk`` tells whether the permissions of a file that does exist count, as when it is read. ``names`` are the
    paths under which texts are checked, where these are others.
    """

    def __init__(self, texts: Mapping[str, bytes], *, on_disk: bool = True, names: Mapping[str, str] = {}) -> None:
        self._on_disk = on_disk
        self._texts: dict[str, _Text] = {}
        for path, data in texts.items():
            folder, name = os.path.split(path)
            checked = names.get(path) or os.path.join(folder, edited_name(name) or name)
            self._texts[os.path.abspath(checked)] = _Text(path, checked, data)
        self.shown: dict[str, str] = {}
        """The paths that were given, by those under which the contents are checked, where these differ."""
        self.beside: list[str] = []
        """The paths under which those contents are checked that took the place of no source."""

    def over(self, sources: Iterable[Source]) -> list[Source]:
        """The sources, recognised anew where there is a text in place of their file, and then the other texts."""
        found: list[Source] = []
        replaced: set[str] = set()
        spelling: dict[str, str] = {}
        for source in sources:
            path = source.path if source.host is None else source.host.path
            absolute = os.path.abspath(path)
            if absolute not in self._texts:
                spelling.setdefault(os.path.abspath(_tree(source)), _tree(source))
                found.append(source)
            elif absolute not in replaced:
                replaced.add(absolute)
                found += self._in_place_of(source, path, absolute)
        for absolute, text in self._texts.items():
            if absolute not in replaced:
                found += self._beside(text.checked, absolute, spelling)
        return found

    def _in_place_of(self, source: Source, path: str, absolute: str) -> Iterator[Source]:
        self._note(path, absolute)
        for new in self._recognised(path, self._texts[absolute].data):
            yield new._replace(context=source.context, template=source.template or new.template)

    def _beside(self, path: str, absolute: str, spelling: dict[str, str]) -> list[Source]:
        """What the text is, under the path by which its tree is already called: only then its files are merged."""
        data = self._texts[absolute].data
        found = self._recognised(path, data)
        if found[0].kind != "host":
            tree = _tree(found[0])
            known = spelling.setdefault(os.path.abspath(tree), tree)
            if known != tree:
                path = os.path.join(known, os.path.relpath(absolute, os.path.abspath(known)))
                found = self._recognised(path, data)
        self.beside.append(path)
        self._note(path, absolute)
        return found

    def _recognised(self, path: str, data: bytes) -> list[Source]:
        mode = _mode(path) if self._on_disk else 0
        return [source._replace(mode=mode) if source.path == path else source for source in named_file(path, data)]

    def _note(self, checked: str, absolute: str) -> None:
        given = self._texts[absolute].given
        if checked != given:
            self.shown[checked] = given


def overlay(texts: Mapping[str, str | bytes], *, on_disk: bool = True, names: Mapping[str, str] = {}) -> Overlay:
    """The overlay of these texts; those that Python read of bytes that are no UTF-8 become these bytes again.

    Raises TypeError for what is neither str nor bytes.
    """
    return Overlay({path: _encoded(text) for path, text in texts.items()}, on_disk=on_disk, names=names)


def _encoded(text: str | bytes) -> bytes:
    if isinstance(text, bytes):
        return text
    if not isinstance(text, str):
        raise TypeError(f"a text must be str or bytes, not {type(text).__name__}")
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a pair, as in JSON that was cut off
        return text.encode("utf-8", "surrogatepass")


def _tree(source: Source) -> str:
    """The folder in which everything is that is merged with a source, as the source's path begins."""
    tree = tree_of_source(source)
    return "" if tree == "/" and not os.path.isabs(source.path) else tree


def _mode(path: str) -> int:
    try:
        status = os.stat(path)
    except OSError:
        return 0
    return S_IMODE(status.st_mode) if S_ISREG(status.st_mode) else 0
