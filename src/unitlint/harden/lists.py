"""The lines whose value is put together from what a service needs: calls, capabilities, folders and limits."""

from __future__ import annotations

from unitlint.harden.lines import LEVELS, NEEDS, HardeningLine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.harden.needs import Needs
    from unitlint.units.unit import Unit

CALLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("@clock", ("clock",)),
    ("@cpu-emulation", ("foreign-processor",)),
    ("@debug", ("traces", "bpf")),
    ("@module", ("modules", "mounts", "setup")),
    ("@mount", ("mounts", "chroot", "namespaces", "setup")),
    ("@obsolete", ("foreign-processor",)),
    ("@raw-io", ("raw-io",)),
    ("@reboot", ("reboot",)),
    ("@swap", ("swap", "setup")),
)
ROOT_DROPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("safe", "CAP_SYS_PTRACE", ("traces", "processes")),
    ("safe", "CAP_SYS_RAWIO", ("raw-io", "devices", "setup")),
    ("safe", "CAP_SYS_BOOT", ("reboot",)),
    ("safe", "CAP_SYS_PACCT", ("accounting",)),
    ("safe", "CAP_MAC_ADMIN", ("mac",)),
    ("safe", "CAP_MAC_OVERRIDE", ("mac",)),
    ("safe", "CAP_LINUX_IMMUTABLE", ("chattr", "setup")),
    ("safe", "CAP_BLOCK_SUSPEND", ("suspend",)),
    ("safe", "CAP_WAKE_ALARM", ("clock",)),
    ("safe", "CAP_LEASE", ("leases",)),
    ("safe", "CAP_SYS_TTY_CONFIG", ("terminal",)),
    ("safe", "CAP_MKNOD", ("devices", "mounts", "suid-files", "setup")),
    ("safe", "CAP_AUDIT_CONTROL", ("audit", "users", "new-privileges")),
    ("safe", "CAP_AUDIT_READ", ("audit", "users", "new-privileges")),
    ("safe", "CAP_AUDIT_WRITE", ("audit", "users", "new-privileges")),
    ("moderate", "CAP_BPF", ("bpf", "net-admin")),
    ("moderate", "CAP_NET_ADMIN", ("setup", "net-admin", "odd-sockets", "devices")),
    ("moderate", "CAP_SYS_ADMIN", ("setup", "mounts", "namespaces", "hostname", "tunables", "devices", "traces",
                                  "kernel-log", "bpf", "net-admin", "cgroups", "users")),
    ("moderate", "CAP_SYS_CHROOT", ("chroot", "mounts", "users")),
    ("moderate", "CAP_IPC_LOCK", ("locked-memory", "realtime")),
    ("strict", "CAP_SYS_NICE", ("realtime", "devices", "users")),
    ("strict", "CAP_SYS_RESOURCE", ("realtime", "locked-memory", "users", "mounts")),
)  # fmt: skip
OF_UNPRIVILEGED = ("privileged-command", "new-privileges", "privileged-file")


def made_lines(unit: Unit, needs: Needs, level: str) -> Iterator[HardeningLine]:
    """The lines up to ``level``; what a service needs is left out of their lists."""
    yield from _filters(needs, level)
    if not needs.user_manager:
        yield from _bounding_set(needs, level)
        yield from _folders(unit, needs, level)
    yield from _limits(unit, needs, level)


def _filters(needs: Needs, level: str) -> Iterator[HardeningLine]:
    groups = [group for group, forbidden in CALLS if needs.first(forbidden) is None]
    kept = [group for group, _ in CALLS if group not in groups]
    why = "System calls for administration, debugging and hardware fail with EPERM"
    why += f"; the unit needs {' '.join(kept)}." if kept else ". Nothing in the unit needs them."
    if level == "strict" and len(groups) == len(CALLS) and needs.first(("users", "tunables", "realtime")) is None:
        test = "start, reload, log rotation and stop; a forbidden call fails with EPERM, which most programs log"
        yield HardeningLine(
            "SystemCallFilter",
            "@system-service",
            "strict",
            (),
            "Only the system calls of ordinary services are allowed.",
            test,
        )
        more = "~@resources" if needs.root else "~@privileged @resources"
        yield HardeningLine(
            "SystemCallFilter", more, "strict", (), "Except those that raise limits and privileges.", test
        )
    elif groups:
        yield HardeningLine(
            "SystemCallFilter",
            f"~{' '.join(groups)}",
            "safe",
            (),
            why,
            "a forbidden call fails with EPERM, which most programs log",
        )
    else:
        return
    yield HardeningLine(
        "SystemCallErrorNumber",
        "EPERM",
        "safe",
        (),
        "A forbidden system call returns an error and does not kill the program.",
    )


def _bounding_set(needs: Needs, level: str) -> Iterator[HardeningLine]:
    if not needs.root and needs.first(OF_UNPRIVILEGED) is None:
        from unitlint.catalogue import facts

        given = [entry["name"] for entry in facts("capabilities") if needs.capabilities >> entry["number"] & 1]
        if given:
            why = "The service is not root and needs only the capabilities in AmbientCapabilities=."
        else:
            why = "The service is not root and has no capabilities; now it cannot gain any."
        yield HardeningLine("CapabilityBoundingSet", " ".join(given), "safe", (), why)
        return
    levels = LEVELS[: LEVELS.index(level) + 1]
    dropped = [name for at, name, forbidden in ROOT_DROPS if at in levels and needs.first(forbidden) is None]
    if dropped:
        why = "Root without the capabilities that nothing in the unit needs."
        test = "its access to other processes, devices and the audit log"
        yield HardeningLine("CapabilityBoundingSet", f"~{' '.join(dropped)}", "safe", (), why, test)


DIRECTORIES = (
    ("/var/lib", "StateDirectory"),
    ("/var/cache", "CacheDirectory"),
    ("/var/log", "LogsDirectory"),
    ("/run", "RuntimeDirectory"),
)
STRICT_FORBIDDEN = ("write-usr", "write-etc", "suid-files", "jail", "mounts", "users", "early", "home", "everything")


def _folders(unit: Unit, needs: Needs, level: str) -> Iterator[HardeningLine]:
    """ProtectSystem=strict with what is written, and folders that systemd makes instead of ReadWritePaths=."""
    protected = unit.value("Service", "ProtectSystem") == "strict"
    becomes_strict = level == "strict" and needs.first(STRICT_FORBIDDEN) is None and not protected
    if level == "safe" or not (protected or becomes_strict):
        return
    own, others = _sorted_out(unit, needs)
    for directive, names in own.items():
        why = "systemd creates this directory for the service's user and keeps it writable."
        test = "its owner and mode: systemd sets both, even if the directory exists already"
        yield HardeningLine(directive, " ".join(sorted(names)), "moderate", ("early",), why, test, for_users=False)
        if directive == "StateDirectory":
            why = "Other users cannot read its data."
            yield HardeningLine(
                "StateDirectoryMode",
                "0750",
                "moderate",
                ("early",),
                why,
                "whether other programs read it",
                for_users=False,
            )
        if directive == "RuntimeDirectory":
            why = "The directory survives a restart, as it does today."
            yield HardeningLine("RuntimeDirectoryPreserve", "yes", "moderate", ("early",), why, for_users=False)
    if becomes_strict:
        why = "Everything becomes read-only except /dev, /proc, /sys and the directories named below."
        yield HardeningLine(
            "ProtectSystem", "strict", "strict", (), why, "every path that it writes to", for_users=False
        )
        if others:
            paths = " ".join(f"-{path}" for path in sorted(others))
            why = "The unit uses these paths."
            yield HardeningLine(
                "ReadWritePaths", paths, "strict", (), why, "whether it writes elsewhere", for_users=False
            )


def _sorted_out(unit: Unit, needs: Needs) -> tuple[dict[str, set[str]], set[str]]:
    """The written paths as names below systemd's own folders (of services that are not root), and the rest."""
    own: dict[str, set[str]] = {}
    others: set[str] = set()
    for path in needs.written:
        home = next(((top, directive) for top, directive in DIRECTORIES if path.startswith(f"{top}/")), None)
        if home is None:
            if not path.startswith(("/usr", "/opt", "/bin", "/etc")):
                others.add(path)
            continue
        top, directive = home
        name = path[len(top) + 1 :].partition("/")[0]
        is_file = "/" not in path[len(top) + 1 :] and "." in name
        if is_file:
            others.add(top)
        elif unit.all("Service", directive) or needs.root:
            others.add(f"{top}/{name}")
        else:
            own.setdefault(directive, set()).add(name)
    return own, others


def _limits(unit: Unit, needs: Needs, level: str) -> Iterator[HardeningLine]:
    if needs.first(("everything", "cgroups", "mounts", "early")) is not None:
        return
    why = (
        "A memory leak affects this service only, not the whole machine. To choose a value: run `systemctl show -p"
        " MemoryPeak` after a busy week (253 and later), and set twice that."
    )
    yield HardeningLine("MemoryMax", "75%", "safe", ("jail-of-memory",), why)
    if level == "strict" and not unit.all("Service", "MemoryMax"):
        why = "At the limit the kernel kills at once; without this line it swaps the service out first."
        test = "whether part of it was swapped out before and now needs more memory"
        yield HardeningLine("MemorySwapMax", "0", "strict", ("jail-of-memory",), why, test)
    why = (
        "A fork loop stays inside this service. To choose a value: run `systemctl show -p TasksCurrent` at full load"
        " and set four times that; threads count, too."
    )
    yield HardeningLine("TasksMax", "4096", "safe", (), why)


def meaning(need: str) -> str:
    """What a need means, to go on after “it”."""
    return NEEDS.get(need, need)
