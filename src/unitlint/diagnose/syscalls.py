"""System calls by their numbers, as the audit log names them."""

from __future__ import annotations


def call_of(arch: str, number: int) -> tuple[str, str]:
    """(machine, name of the call) of an audit record's ``arch=`` and ``syscall=``; "" for what is not known."""
    from unitlint.diagnose._syscalls import CALLS

    machine, calls = CALLS.get(arch.lower().removeprefix("0x"), ("", ""))
    names = calls.split()
    name = names[number] if 0 <= number < len(names) else "."
    return machine, "" if name == "." else name
