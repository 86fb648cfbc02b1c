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
    "chroot": "changes its root folder",
    "clock": "sets the clock",
    "devices": "opens devices",
    "early": "runs in early boot",
    "everything": "runs programs of others, or sets the system up",
    "foreign-processor": "may run code for another processor mode",
    "home": "uses home folders",
    "hostname": "sets the host name",
    "jail": "has a root folder of its own",
    "jit": "may make machine code at run time",
    "kernel-log": "reads the kernel's log",
    "leases": "takes file leases",
    "locked-memory": "locks memory",
    "mac": "manages security labels",
    "modules": "loads kernel modules",
    "mounts": "mounts file systems",
    "namespaces": "makes namespaces",
    "net-admin": "configures the network",
    "new-privileges": "starts programs with more rights",
    "odd-sockets": "uses rare kinds of sockets",
    "personality": "sets an execution domain",
    "privileged-command": "runs a command with full rights",
    "privileged-file": "is a set-user-ID program",
    "processes": "looks at other processes",
    "raw-io": "talks to hardware",
    "realtime": "uses realtime scheduling",
    "reboot": "reboots the machine",
    "setup": "may be there to set the system up",
    "suid-files": "installs files",
    "suspend": "keeps the machine awake",
    "swap": "manages swap",
    "terminal": "uses a terminal",
    "tmp": "shares /tmp",
    "traces": "looks into other processes",
    "tunables": "changes kernel settings",
    "users": "acts for several users",
    "write-etc": "writes below /etc",
    "write-usr": "writes below /usr or /boot",
}
"""What each need means, to go on after “it”."""

LINES: tuple[HardeningLine, ...] = (
    HardeningLine(
        "NoNewPrivileges", "yes", "safe", ("new-privileges", "privileged-file", "lockfiles"),
        "No program that it starts gains rights through set-user-ID files; nothing in the unit asks for that.",
        "mail through sendmail, ping, sudo in its scripts",
    ),
    HardeningLine(
        "ProtectKernelTunables", "yes", "safe", ("setup", "tunables", "net-admin", "mounts"),
        "/proc/sys and /sys become read-only; reading goes on as before.", for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectKernelModules", "yes", "safe", ("setup", "modules", "mounts", "net-admin"),
        "It cannot load modules itself; the kernel still loads what its calls need.", for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectKernelLogs", "yes", "safe", ("setup", "kernel-log",),
        "The kernel's log is closed to it; its own log is not touched.", for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectControlGroups", "yes", "safe", ("setup", "cgroups", "mounts"),
        "Control groups become read-only; only managers of containers write them.", for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectClock", "yes", "safe", ("clock",),
        "It cannot set the clock; reading the time goes on.", for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectHostname", "yes", "safe", ("setup", "hostname", "net-admin"),
        "It cannot rename the host; it does not see later changes of the name either.", for_users=False,
    ),
    HardeningLine(
        "LockPersonality", "yes", "safe", ("personality", "foreign-processor"),
        "The execution domain stays as it is; hardly any program changes it.",
    ),
    HardeningLine(
        "RestrictRealtime", "yes", "safe", ("realtime",),
        "No realtime scheduling, which only audio, clocks and controllers ask for.",
    ),
    HardeningLine(
        "RestrictSUIDSGID", "yes", "safe", ("setup", "suid-files", "users"),
        "It cannot make set-user-ID or set-group-ID files.", "whether it installs files or makes set-group-ID folders",
    ),
    HardeningLine(
        "RestrictNamespaces", "yes", "safe", ("namespaces", "mounts", "chroot"),
        "No containers or sandboxes of its own; nothing in the unit makes any.",
        "browsers and renderers that it starts",
    ),
    HardeningLine(
        "SystemCallArchitectures", "native", "safe", ("foreign-processor",),
        "Only the machine's own system calls; 32-bit programs would need the others.",
    ),
    HardeningLine(
        "RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6 AF_NETLINK", "safe",
        ("odd-sockets", "net-admin"),
        "Local sockets (sd_notify and logging use them), IP and the kernel's interface list stay; rare kinds go.",
    ),
    HardeningLine(
        "PrivateTmp", "yes", "safe", ("setup", "tmp", "jail"),
        "A /tmp of its own; the unit names no path there.", "sockets and files that others look for in /tmp",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectSystem", "yes", "safe", ("setup", "write-usr", "suid-files", "jail", "mounts"),
        "/usr and /boot become read-only; it keeps its data elsewhere.", "whether it updates itself or its plugins",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectHome", "read-only", "safe", ("setup", "home", "users", "jail"),
        "Home folders can be read, not changed; the unit names none.", for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectSystem", "full", "moderate", ("setup", "write-usr", "suid-files", "jail", "mounts", "write-etc"),
        "/etc becomes read-only as well.", "whether it rewrites its own configuration",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectHome", "yes", "moderate", ("setup", "home", "users", "jail"),
        "Home folders are out of sight; the unit names none.", "keys and settings below /root", for_users=False,
        file_system=True,
    ),
    HardeningLine(
        "PrivateDevices", "yes", "moderate",
        ("devices", "raw-io", "terminal", "mounts", "net-admin", "realtime", "setup"),
        "It sees only /dev/null and the like; the unit names no device.", "hardware, /dev/net/tun, GPUs",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "ProtectProc", "invisible", "moderate", ("setup", "processes", "traces", "users"),
        "Processes of other users are out of sight.", "monitoring of other services", for_users=False, file_system=True,
    ),
    HardeningLine(
        "MemoryDenyWriteExecute", "yes", "moderate", ("setup", "jit",),
        "No memory that is both written and run.",
        "plugins, regular expressions and interpreters that compile at run time",
    ),
    HardeningLine(
        "RemoveIPC", "yes", "moderate", ("root-user", "users"),
        "Shared memory goes with the service.", "whether others of the same user share it", for_users=False,
    ),
    HardeningLine(
        "UMask", "0027", "moderate", ("setup", "users", "suid-files"),
        "Files that it makes are closed to others.", "whether others read what it writes: web servers, backups",
    ),
    HardeningLine(
        "KeyringMode", "private", "moderate", ("mounts", "users"),
        "A kernel keyring of its own.", for_users=False,
    ),
    HardeningLine(
        "ProcSubset", "pid", "strict", ("setup", "processes", "traces", "tunables", "realtime", "jit"),
        "Of /proc only processes are left.",
        "programs that ask for memory and processors, such as runtimes and databases",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "PrivateUsers", "yes", "strict",
        ("setup", "users", "root-user", "capabilities", "mounts", "privileged-command", "jail", "namespaces"),
        "It does not meet the host's other users.", "files of other users and groups that it must read",
        for_users=False, file_system=True,
    ),
    HardeningLine(
        "UMask", "0077", "strict", ("setup", "users", "suid-files"),
        "Files that it makes are its own.", "whether its group reads what it writes",
    ),
    HardeningLine(
        "PrivateIPC", "yes", "strict", ("setup", "users",),
        "System V IPC and message queues of its own.", "databases and X programs that share memory", for_users=False,
        file_system=True,
    ),
)  # fmt: skip
