"""The lines that a hardening drop-in may hold: what they do, why they are safe or what to test, what forbids them."""

from __future__ import annotations

from unitlint.base.records import NamedTuple

LEVELS = ("safe", "moderate", "strict")


class HardeningLine(NamedTuple):
    """``forbidden`` are needs of which none may be there; a later line for the same directive takes its place."""

    directive: str
    value: str
    level: str
    forbidden: tuple[str, ...]
    why: str
    test: str = ""
    for_users: bool = True
    """Whether it works in a user manager, too, and in a service without privileges."""
    file_system: bool = False
    """Whether it gives the service a view of files of its own, which early boot has no use for."""


NEEDS = {
    "accounting": "switches process accounting",
    "audit": "writes to the audit log",
    "bpf": "loads BPF programs",
    "cgroups": "manages control groups",
    "chattr": "changes file attributes",
    "chroot": "changes its root directory",
    "clock": "sets the clock",
    "devices": "opens devices",
    "early": "runs in early boot",
    "everything": "runs other programs, or sets up the system",
    "foreign-processor": "may run code for another processor mode",
    "home": "uses home directories",
    "hostname": "sets the host name",
    "jail": "has its own root directory",
    "jit": "may generate machine code at run time",
    "kernel-log": "reads the kernel log",
    "leases": "takes file leases",
    "locked-memory": "locks memory",
    "mac": "manages security labels",
    "modules": "loads kernel modules",
    "mounts": "mounts file systems",
    "namespaces": "creates namespaces",
    "net-admin": "configures the network",
    "new-privileges": "starts programs with more privileges",
    "odd-sockets": "uses rare socket types",
    "personality": "sets an execution domain",
    "privileged-command": "runs a command with full privileges",
    "privileged-file": "is a set-user-ID program",
    "processes": "looks at other processes",
    "raw-io": "accesses hardware directly",
    "realtime": "uses realtime scheduling",
    "reboot": "reboots the machine",
    "setup": "may set up the system",
    "suid-files": "installs files",
    "suspend": "prevents suspend",
    "swap": "manages swap",
    "terminal": "uses a terminal",
    "tmp": "shares /tmp",
    "traces": "traces other processes",
    "tunables": "changes kernel settings",
    "users": "acts for several users",
    "write-etc": "writes below /etc",
    "write-usr": "writes below /usr or /boot",
}
"""What each need means, to go on after “it”."""

LINES: tuple[HardeningLine, ...] = (
    HardeningLine(
        "NoNewPrivileges", "yes", "safe", ("new-privileges", "privileged-file", "lockfiles"),
        "Programs that it starts cannot gain privileges through set-user-ID files. Nothing in the unit needs that.",
        "mail through sendmail, ping, sudo in its scripts",
    ),
    HardeningLine(
        "ProtectKernelTunables", "yes", "safe", ("setup", "tunables", "net-admin", "mounts"),
        "The service can read /proc/sys and /sys, but not write to them.", for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectKernelModules", "yes", "safe", ("setup", "modules", "mounts", "net-admin"),
        "The service cannot load kernel modules; the kernel still loads those that it needs.",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectKernelLogs", "yes", "safe", ("setup", "kernel-log",),
        "The service cannot read the kernel log. Its own log messages are not affected.",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectControlGroups", "yes", "safe", ("setup", "cgroups", "mounts"),
        "Control groups become read-only; only container managers write to them.", for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectClock", "yes", "safe", ("clock",),
        "The service can read the clock, but not set it.", for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectHostname", "yes", "safe", ("setup", "hostname", "net-admin"),
        "The service cannot change the host name, and does not see later changes of it.", for_users=False,
    ),
    HardeningLine(
        "LockPersonality", "yes", "safe", ("personality", "foreign-processor"),
        "The service cannot change its execution domain, which hardly any program does.",
    ),
    HardeningLine(
        "RestrictRealtime", "yes", "safe", ("realtime",),
        "No real-time scheduling, which only audio, clock and control programs need.",
    ),
    HardeningLine(
        "RestrictSUIDSGID", "yes", "safe", ("setup", "suid-files", "users"),
        "The service cannot create set-user-ID or set-group-ID files.",
        "whether it installs files or creates set-group-ID directories",
    ),
    HardeningLine(
        "RestrictNamespaces", "yes", "safe", ("namespaces", "mounts", "chroot"),
        "The service cannot create containers or sandboxes. Nothing in the unit does.",
        "web browsers and page renderers that it starts",
    ),
    HardeningLine(
        "SystemCallArchitectures", "native", "safe", ("foreign-processor",),
        "Only native system calls are allowed; 32-bit programs would need others.",
    ),
    HardeningLine(
        "RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6 AF_NETLINK", "safe",
        ("odd-sockets", "net-admin"),
        "Unix sockets (for sd_notify and logging), IP and netlink are allowed, but no rare socket types.",
    ),
    HardeningLine(
        "PrivateTmp", "yes", "safe", ("setup", "tmp", "jail"),
        "The service gets its own /tmp. The unit names no path there.",
        "sockets and files that other programs expect in /tmp",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectSystem", "yes", "safe", ("setup", "write-usr", "suid-files", "jail", "mounts"),
        "/usr and /boot become read-only; the service keeps its data elsewhere.",
        "whether it updates itself or its plugins",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectHome", "read-only", "safe", ("setup", "home", "users", "jail"),
        "Home directories become read-only. The unit names none.", for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectSystem", "full", "moderate", ("setup", "write-usr", "suid-files", "jail", "mounts", "write-etc"),
        "/etc becomes read-only as well.", "whether it rewrites its own configuration",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectHome", "yes", "moderate", ("setup", "home", "users", "jail"),
        "Home directories are hidden. The unit names none.", "keys and settings below /root", for_users=False,
        file_system=True,
    ),
    HardeningLine(
        "PrivateDevices", "yes", "moderate",
        ("devices", "raw-io", "terminal", "mounts", "net-admin", "realtime", "setup"),
        "The service sees only /dev/null and similar devices. The unit names no other device.",
        "hardware, /dev/net/tun, GPUs",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectProc", "invisible", "moderate", ("setup", "processes", "traces", "users"),
        "Processes of other users are hidden.", "monitoring of other services", for_users=False, file_system=True,
    ),
    HardeningLine(
        "MemoryDenyWriteExecute", "yes", "moderate", ("setup", "jit",),
        "Memory cannot be both writable and executable.",
        "plugins, regular expressions and interpreters that compile at run time",
    ),
    HardeningLine(
        "RemoveIPC", "yes", "moderate", ("root-user", "users"),
        "systemd removes the service's shared memory when it stops.",
        "whether other programs of the same user share it", for_users=False,
    ),
    HardeningLine(
        "UMask", "0027", "moderate", ("setup", "users", "suid-files"),
        "Other users cannot read the files that it creates.", "whether other programs read them: web servers, backups",
    ),
    HardeningLine(
        "KeyringMode", "private", "moderate", ("mounts", "users"),
        "The service gets its own kernel keyring.", for_users=False,
    ),
    HardeningLine(
        "ProcSubset", "pid", "strict", ("setup", "processes", "traces", "tunables", "realtime", "jit"),
        "/proc shows only processes.",
        "programs that read memory and CPU figures from /proc, such as runtimes and databases",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "PrivateUsers", "yes", "strict",
        ("setup", "users", "root-user", "capabilities", "mounts", "privileged-command", "jail", "namespaces"),
        "All other users and groups of the host appear as nobody.", "files of other users and groups that it must read",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "UMask", "0077", "strict", ("setup", "users", "suid-files"),
        "Only the service's user can read the files that it creates.", "whether other users of its group read them",
    ),
    HardeningLine(
        "PrivateIPC", "yes", "strict", ("setup", "users",),
        "The service gets its own System V IPC and message queues.",
        "databases and X programs that share memory", for_users=False,
        file_system=True,
    ),
)  # fmt: skip
