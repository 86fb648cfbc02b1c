"""The texts that are open in the editor, kept as the client's messages change them."""

from __future__ import annotations

import os
import re

from unitlint.lsp.positions import UTF16, Positions
from unitlint.lsp.uris import path_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

MAX_CHARACTERS = 2_000_000
"""A larger text is kept, but not checked while it is edited: that would take seconds for every keystroke."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class TextDocument:
    """One open text. ``path`` is that of its file, None for a buffer without one."""

    def __init__(self, uri: str, language: str, version: int | None, text: str, encoding: str) -> None:
        self.uri = uri
        self.language = language
        self.version = version
        self.path = path_of(uri)
        self._encoding = encoding
        self.memo: dict[str, Any] = {}
        """What features have worked out of this very text."""
        self.text = ""
        self.positions = Positions("")
        self.replace(text)

    def replace(self, text: str) -> None:
        """Takes another text as the whole of it."""
        self.text = text
        self.positions = Positions(text, self._encoding)
        self.memo = {}

    def change(self, changes: Iterable[dict[str, Any]]) -> None:
        """Applies the changes of one notification, each to what the one before it left."""
        for change in changes:
            span = change.get("range")
            if span is None:
                self.replace(change["text"])
                continue
            start, end = self.positions.offset(span["start"]), self.positions.offset(span["end"])
            if end < start:
                start, end = end, start
            self.replace(self.text[:start] + change["text"] + self.text[end:])

    @property
    def checked_text(self) -> str:
        """The text with a replacement character for each half of a surrogate pair, which no file can hold."""
        return self.text if self.text.isascii() else _SURROGATE.sub("\ufffd", self.text)

    @property
    def is_too_large(self) -> bool:
        """Whether it is left unchecked while it is edited."""
        return len(self.text) > MAX_CHARACTERS

    @property
    def name(self) -> str:
        """What the document is called: the last part of its URI."""
        return os.path.basename(self.path) if self.path is not None else self.uri.rpartition("/")[2].rpartition(":")[2]


class Documents:
    """The open documents by URI."""

    def __init__(self) -> None:
        self.encoding = UTF16
        self._open: dict[str, TextDocument] = {}

    def __iter__(self) -> Iterator[TextDocument]:
        return iter(list(self._open.values()))

    def open(self, item: dict[str, Any]) -> TextDocument:
        """A document as textDocument/didOpen brings it."""
        version = item.get("version")
        document = TextDocument(
            item["uri"],
            str(item.get("languageId", "")),
            version if isinstance(version, int) else None,
            item["text"],
            self.encoding,
        )
        self._open[document.uri] = document
        return document

    def get(self, uri: str) -> TextDocument | None:
        """The open document of this URI."""
        return self._open.get(uri)

    def at(self, path: str) -> TextDocument | None:
        """The open document of this file."""
        return next((document for document in self._open.values() if document.path == path), None)

    def close(self, uri: str) -> TextDocument | None:
        """Forgets a document, and gives it back."""
        return self._open.pop(uri, None)
