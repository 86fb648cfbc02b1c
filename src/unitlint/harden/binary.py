"""What a program's file shows: the functions that it imports, the libraries that it needs, its interpreter."""

from __future__ import annotations

import re

FUNCTIONS = {
    "mount": "mounts", "umount": "mounts", "umount2": "mounts", "move_mount": "mounts", "fsmount": "mounts",
    "chroot": "chroot", "pivot_root": "mounts", "unshare": "namespaces", "setns": "namespaces",
    "ptrace": "traces", "process_vm_readv": "traces", "perf_event_open": "traces",
    "settimeofday": "clock", "clock_settime": "clock", "adjtimex": "clock", "clock_adjtime": "clock",
    "ntp_adjtime": "clock", "adjtime": "clock", "stime": "clock",
    "reboot": "reboot", "swapon": "swap", "swapoff": "swap", "init_module": "modules", "finit_module": "modules",
    "delete_module": "modules", "iopl": "raw-io", "ioperm": "raw-io", "klogctl": "kernel-log",
    "sethostname": "hostname", "setdomainname": "hostname", "personality": "personality",
    "sched_setscheduler": "realtime", "pthread_setschedparam": "realtime", "acct": "accounting",
    "mlockall": "locked-memory", "quotactl": "mounts", "pam_start": "new-privileges users audit",
    "initgroups": "users", "setresuid": "users", "setuid": "users", "audit_open": "audit", "bpf": "bpf",
}  # fmt: skip
"""Functions of the C library that give a need away where a program imports them."""

LIBRARIES = {
    "libjvm": "jit", "libluajit": "jit", "libnode": "jit", "libv8": "jit", "libmono": "jit", "libcoreclr": "jit",
    "libLLVM": "jit", "libmozjs": "jit", "libffi": "jit", "libpcap": "odd-sockets net-admin",
    "libbluetooth": "odd-sockets devices", "libusb": "devices", "libgpiod": "devices", "libi2c": "devices",
    "libasound": "devices", "libpulse": "devices", "libdrm": "devices", "libv4l": "devices",
    "libpam.": "new-privileges users audit",
    "libmnl": "net-admin", "libnftnl": "net-admin", "libip4tc": "net-admin", "libbpf": "bpf", "libaudit": "audit",
    "libvirt": "everything", "libmount": "mounts", "libkmod": "modules",
    "libdevmapper": "mounts devices", "libX11": "tmp", "libxcb": "tmp",
}  # fmt: skip

MOST = 64 << 20
"""Of larger files only so much is looked at."""


def needs_of_file(data: bytes) -> frozenset[str]:
    """Needs of an ELF file by the names that it imports, of a script by the words of its text."""
    if data.startswith(b"\x7fELF"):
        return _of_elf(data)
    if data.startswith(b"#!"):
        return _of_script(data)
    return frozenset()


def _of_elf(data: bytes) -> frozenset[str]:
    found: set[str] = set()
    for name, needs in FUNCTIONS.items():
        if b"\0" + name.encode() + b"\0" in data:
            found.update(needs.split())
    for library in set(re.findall(rb"\0(lib[\w.+-]+\.so[\w.]*)(?=\0)", data)):
        for name, needs in LIBRARIES.items():
            if library.decode().startswith(name):
                found.update(needs.split())
    if data[4] == 1:  # ELFCLASS32
        found.add("foreign-processor")
    if b"Go build" in data or b"\0.gopclntab\0" in data:
        found.discard("jit")
    return frozenset(found)


def _of_script(data: bytes) -> frozenset[str]:
    from unitlint.harden.text import needs_of_text

    return needs_of_text(data.decode("utf-8", "replace"))
