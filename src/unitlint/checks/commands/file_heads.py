"""What the first bytes of a program tell of who runs it: the kernel itself, a loader, or an interpreter."""

from __future__ import annotations

from unitlint.record import NamedTuple

HEAD = 4096
"""The program headers of an ELF file stand behind its first bytes."""
LINE = 255
"""The kernel looks no further for the end of the first line (BINPRM_BUF_SIZE)."""
_PT_INTERP = 3


class Shebang(NamedTuple):
    """The first line of a script, as the kernel splits it: the interpreter, and all the rest as one argument."""

    interpreter: str
    argument: str
    crlf: bool


def shebang(head: bytes) -> Shebang | None:
    """None for what does not begin with ``#!`` (execve(2), interpreter scripts)."""
    if not head.startswith(b"#!"):
        return None
    line, _, _ = head[2:LINE].partition(b"\n")
    crlf = line.endswith(b"\r")
    words = line.decode("utf-8", "replace").strip(" \t\r").split(None, 1)
    return Shebang(words[0] if words else "", words[1] if len(words) > 1 else "", crlf)


def is_text(head: bytes) -> bool:
    """True for what is neither a script with its interpreter nor in any binary format."""
    return not head.startswith((b"#!", b"\x7fELF")) and b"\0" not in head and not head.startswith(b"MZ")


def loader(head: bytes) -> str | None:
    """The loader that an ELF file names in its program headers; None where it needs none or its head is too short."""
    if not head.startswith(b"\x7fELF") or len(head) < 64:
        return None
    wide, order = head[4] == 2, "little" if head[5] == 1 else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(head[at : at + size], order)  # type: ignore[arg-type]

    first, size, count = (
        (number(32, 8), number(54, 2), number(56, 2)) if wide else (number(28, 4), number(42, 2), number(44, 2))
    )
    for at in range(first, first + size * count, size or 1):
        if number(at, 4) == _PT_INTERP:
            offset, length = (
                (number(at + 8, 8), number(at + 32, 8)) if wide else (number(at + 4, 4), number(at + 16, 4))
            )
            return head[offset : offset + length].rstrip(b"\0").decode("ascii", "replace") or None
    return None
