"""What an xz file holds, in bounded memory: its header may ask for gigabytes."""

from __future__ import annotations

import io
import lzma

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

    from _typeshed import WriteableBuffer

MOST_MEMORY = 256 * 1024 * 1024
"""Bytes that decompressing may take; `xz -9` needs a quarter of it (xz(1))."""
_BLOCK = 65_536


class XzStream(io.RawIOBase):
    """The text behind one or several xz streams.

    Reading raises EOFError for a file that was cut off, and lzma.LZMAError for one that is damaged or takes more than
    ``MOST_MEMORY``.
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._decompressor = _decompressor()
        self._failure: lzma.LZMAError | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fills ``buffer`` from its beginning; how many bytes were filled, 0 at the end."""
        view = memoryview(buffer).cast("B")
        while True:
            block = b""
            if self._failure is not None:
                raise self._failure
            if self._decompressor.eof:
                block = self._next_stream()
                if not block:
                    return 0
                self._decompressor = _decompressor()
            elif self._decompressor.needs_input:
                block = self._file.read(_BLOCK)
                if not block:
                    raise EOFError("the compressed file was cut off")
            text = self._decompressed(block, len(view))
            if text:
                view[: len(text)] = text
                return len(text)

    def _decompressed(self, block: bytes, most: int) -> bytes:
        try:
            return self._decompressor.decompress(block, most)
        except lzma.LZMAError as error:
            self._failure = error  # who only looks ahead does not tell of it
            raise

    def _next_stream(self) -> bytes:
        """The beginning of the stream after the one that ended, without the padding between them."""
        block = self._decompressor.unused_data.lstrip(b"\0")
        while not block and (read := self._file.read(_BLOCK)):
            block = read.lstrip(b"\0")
        return block


def _decompressor() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(memlimit=MOST_MEMORY)
