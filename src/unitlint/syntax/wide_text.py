"""Text in UTF-16 or UTF-32, as editors on Windows and PowerShell write it, which systemd refuses."""

from __future__ import annotations

_ENCODINGS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""By byte order mark; the longer ones first, as one begins like another."""
_MARKS = tuple(mark for mark, _ in _ENCODINGS)
_MARKS_IN_TEXT = tuple(mark.decode("utf-8", "surrogateescape") for mark in _MARKS)


def wide_encoding(data: bytes) -> str | None:
    """``utf-16`` or ``utf-32`` for data with the byte order mark of one, else None."""
    if not data.startswith(_MARKS):
        return None
    return next((encoding for mark, encoding in _ENCODINGS if data.startswith(mark)), None)


def encoding_of_text(text: str) -> str | None:
    """The same of the text of a document, in which invalid bytes are surrogate escapes."""
    return wide_encoding(text[:4].encode("utf-8", "surrogateescape")) if text.startswith(_MARKS_IN_TEXT) else None


def as_narrow(data: bytes) -> bytes:
    """Wide text as UTF-8, so that its sections can be seen; other data as it is."""
    encoding = wide_encoding(data)
    return data if encoding is None else data.decode(encoding, "replace").encode("utf-8", "replace")
