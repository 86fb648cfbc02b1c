"""The texts of checked files, for those who show lines of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from unitlint.base.safe_read import CannotReadError, read_bytes
from unitlint.syntax.reader import decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.source import Source


class Texts(Mapping[str, str]):
    """Texts by path: what came without a file is kept, files are read once more when they are asked for.

    A large set has more text than a run should hold, and only some files have findings.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self._given = {source.path: source.data for source in sources if source.data is not None}

    def __getitem__(self, path: str) -> str:
        data = self._given.get(path)
        if data is None:
            try:
                data = read_bytes(path)
            except CannotReadError:
                raise KeyError(path) from None
        return decode(data)

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)
