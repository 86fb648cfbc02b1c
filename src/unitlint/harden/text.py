"""What the words of a command line or a script give away: programs and paths."""

from __future__ import annotations

import re

from unitlint.harden.programs import needs_of_name

_WORD = re.compile(r"[\w./@+:~%${}-]+")

PATHS: tuple[tuple[str, str], ...] = (
    ("/proc/sys", "tunables"),
    ("/sys/fs/cgroup", "cgroups"),
    ("/sys/fs/bpf", "bpf"),
    ("/sys/", "tunables"),
    ("/proc/sysrq", "tunables reboot"),
    ("/dev/kmsg", "kernel-log devices"),
    ("/proc/kmsg", "kernel-log"),
    ("/dev/rtc", "clock devices"),
    ("/dev/mem", "raw-io devices"),
    ("/lib/modules", "modules"),
    ("/home", "home"),
    ("/root", "home"),
    ("/run/user", "home"),
    ("~/", "home"),
    ("%h", "home"),
    ("$HOME", "home"),
    ("${HOME}", "home"),
    ("/tmp", "tmp"),
    ("/var/tmp", "tmp"),
    ("%T", "tmp"),
    ("%V", "tmp"),
    ("/boot", "write-usr"),
    ("/efi", "write-usr"),
)
HARMLESS_DEVICE = re.compile(r"/dev/(null|zero|full|u?random|tty|stdin|stdout|stderr|fd|log|shm|ptmx|pts)(/|\W|$)")
INTERPRETED = ((".jar", "jit"), (".war", "jit"), (".dll", "jit"), (".js", "jit"), (".mjs", "jit"), (".rb", "jit"),
               (".exs", "jit"), (".php", "jit"), (".py", "jit"))  # fmt: skip


def needs_of_text(text: str) -> frozenset[str]:
    """The needs of every program and path that is named."""
    found: set[str] = set()
    for word in _WORD.findall(text):
        found |= needs_of_word(word)
    return frozenset(found)


def needs_of_word(word: str) -> frozenset[str]:
    """The needs of one word: as the name of a program, and as a path (perhaps after ``--option=``)."""
    name = word.rpartition("/")[2]
    return needs_of_name(name) | needs_of_path(word) if name else needs_of_path(word)


def needs_of_path(word: str) -> frozenset[str]:
    """The needs of a word that is no program's: where the path in it lies, and how it ends."""
    found: set[str] = set()
    at = word.find("/")
    path = word[at:] if at >= 0 else word
    if path.startswith("/dev/") and not HARMLESS_DEVICE.match(path):
        found.add("devices")
    for prefix, needs in PATHS:
        if path.startswith(prefix) or (prefix[0] != "/" and prefix in word):
            found.update(needs.split())
    for suffix, need in INTERPRETED:
        if word.endswith(suffix):
            found.add(need)
    return frozenset(found)
