"""What an attacker who has taken over the service gains, assessment by assessment.

Each phrase goes on after “an attacker can” and, where the setting holds it back, after “an attacker cannot”.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.security.score import Assessment

_CAPABILITY = "CapabilityBoundingSet_CAP_"
_CALLS = "SystemCallFilter_"
_FAMILY = "RestrictAddressFamilies_"
_NAMESPACE = "RestrictNamespaces_"

GAINS = {
    "PrivateNetwork": "reach every network that the host reaches, and listen on it",
    "UserOrDynamicUser": "act as root, limited only by the other settings",
    _CAPABILITY + "SET_UID_GID_PCAP": "become any user or group, or raise its own capabilities",
    _CAPABILITY + "SYS_ADMIN": "mount file systems, set quotas and do most other administrative tasks",
    _CAPABILITY + "SYS_PTRACE": "read the memory of any process and take it over",
    _FAMILY + "AF_INET_INET6": "open IP connections to the internet and to other hosts",
    _NAMESPACE + "user": "create a user namespace, where it is root and reaches kernel code with many known bugs",
    _FAMILY + "OTHER": "open rare socket types, whose kernel code is little tested",
    _CAPABILITY + "CHOWN_FSETID_SETFCAP": "change the owner, set-user-ID bits and capabilities of files",
    _CAPABILITY + "DAC_FOWNER_IPC_OWNER": "ignore file permissions when it reads and writes files",
    _CAPABILITY + "NET_ADMIN": "change network addresses, routes and the firewall",
    _CAPABILITY + "SYS_MODULE": "load code into the kernel",
    _CAPABILITY + "SYS_RAWIO": "access hardware directly and write to its memory",
    _CAPABILITY + "SYS_TIME": "change the clock, which makes certificate checks and logs wrong",
    "DeviceAllow": "open device nodes, such as disks and kernel memory",
    "IPAddressDeny": "exchange packets with any address",
    "KeyringMode": "use kernel keys of other services",
    "NoNewPrivileges": "gain privileges by starting a set-user-ID program",
    "NotifyAccess": "send status messages to systemd from any of its processes",
    "PrivateDevices": "see the real /dev with the machine's devices",
    "PrivateMounts": "create mounts that the whole host sees",
    "PrivateTmp": "put files into the shared /tmp and read those of others",
    "PrivateUsers": "see and use the host's real user IDs",
    "ProtectClock": "set the system clock and the hardware clock",
    "ProtectControlGroups": "change control groups, and with them the limits of other services",
    "ProtectHome": "read and change files in home directories",
    "ProtectKernelLogs": "read the kernel log, which may contain addresses useful for an exploit",
    "ProtectKernelModules": "load and unload kernel modules",
    "ProtectKernelTunables": "change kernel settings below /proc/sys and /sys",
    "ProtectProc": "list the processes of other users with their command lines",
    "ProtectSystem": "overwrite programs, libraries and settings of the system",
    _FAMILY + "AF_PACKET": "capture and forge network packets",
    "RestrictSUIDSGID": "create set-user-ID files, to regain another user's privileges later",
    "SystemCallArchitectures": "use the system calls of another architecture, which filters often miss",
    _CALLS + "clock": "use the system calls that set the clock",
    _CALLS + "debug": "trace and change other processes",
    _CALLS + "module": "use the system calls that load kernel modules",
    _CALLS + "mount": "mount and unmount file systems, and so undo parts of the sandbox",
    _CALLS + "raw_io": "access the hardware's I/O ports",
    _CALLS + "reboot": "reboot the machine or start another kernel",
    _CALLS + "swap": "enable and disable swap areas",
    _CALLS + "privileged": "use system calls that only root needs",
    _CALLS + "resources": "change scheduling and memory placement of processes",
    "AmbientCapabilities": "pass capabilities on to every program that it starts",
    _CAPABILITY + "AUDIT": "write false audit records, or disable auditing",
    _CAPABILITY + "KILL": "send signals to any process",
    _CAPABILITY + "MKNOD": "create device nodes, and access the devices through them",
    _CAPABILITY + "NET_BIND_SERVICE_BROADCAST_RAW)": "listen on ports below 1024 and forge packets",
    _CAPABILITY + "SYSLOG": "read and clear the kernel log",
    _CAPABILITY + "SYS_NICE_RESOURCE": "take CPU time from other processes and raise its own limits",
    _NAMESPACE + "cgroup": "create control group namespaces",
    _NAMESPACE + "ipc": "create namespaces for System V IPC and message queues",
    _NAMESPACE + "mnt": "create mount namespaces and change the file system inside",
    _NAMESPACE + "net": "create network namespaces, which exposes much kernel code",
    _NAMESPACE + "pid": "create PID namespaces and hide processes in them",
    "RestrictRealtime": "block a CPU with real-time scheduling",
    _CALLS + "cpu_emulation": "use system calls that emulate old CPU modes",
    _CALLS + "obsolete": "use obsolete system calls, whose kernel code is little maintained",
    _FAMILY + "AF_NETLINK": "use the kernel's network configuration interface",
    "RootDirectoryOrRootImage": "see the host's whole file system, as far as permissions allow",
    "SupplementaryGroups": "access files of the service's supplementary groups",
    _CAPABILITY + "MAC": "change or override the rules of SELinux, AppArmor or Smack",
    _CAPABILITY + "SYS_BOOT": "reboot the machine",
    "Delegate": "manage the control groups below the service",
    "LockPersonality": "switch to another execution domain, which weakens memory protection",
    "MemoryDenyWriteExecute": "write machine code into memory and run it",
    "RemoveIPC": "leave shared memory and message queues behind after the service stops",
    _NAMESPACE + "uts": "create namespaces with another host name",
    "UMask": "read or change, as another local user, what the service writes",
    _CAPABILITY + "LINUX_IMMUTABLE": "remove the immutable and append-only attributes of files",
    _CAPABILITY + "IPC_LOCK": "lock memory so that it is never swapped out",
    _CAPABILITY + "SYS_CHROOT": "change its root directory, a step of many sandbox escapes",
    "ProtectHostname": "change the host name",
    _CAPABILITY + "BLOCK_SUSPEND": "prevent the machine from suspending",
    _CAPABILITY + "BPF": "load BPF programs into the kernel",
    _CAPABILITY + "LEASE": "take file leases and delay other programs that open the files",
    _CAPABILITY + "SYS_PACCT": "enable and disable process accounting",
    _CAPABILITY + "SYS_TTY_CONFIG": "configure and disconnect terminals",
    _CAPABILITY + "WAKE_ALARM": "wake the machine from suspend",
    _FAMILY + "AF_UNIX": "connect to other services through Unix sockets",
    "ProcSubset": "read information about the machine in /proc",
}  # fmt: skip

PARTLY = {
    ("UserOrDynamicUser", 9): "access processes and files of other services with the user nobody",
    ("DeviceAllow", 5): "open the device nodes that the list names",
    ("IPAddressDeny", 5): "exchange packets with the addresses that are allowed",
    ("IPAddressDeny", 2): "reach the services that listen on this machine",
    ("ProtectHome", 5): "read files in home directories",
    ("ProtectHome", 1): "see that home directories exist, but none of their files",
    ("ProtectProc", 1): "list the processes of other users, but none of their details",
    ("ProtectSystem", 5): "overwrite files in /etc and /var",
    ("ProtectSystem", 3): "overwrite files outside /usr, /boot and /etc",
    ("UMask", 5): "read, as another local user, what the service writes",
    ("UMask", 2): "change, as another member of its group, what the service writes",
    ("UMask", 1): "read, as another member of its group, what the service writes",
}
"""Where a setting holds back a part only: by field and badness."""


def gain(assessment: Assessment) -> str:
    """One sentence on what the setting's state means to an attacker."""
    kind, badness = assessment.kind, assessment.badness
    if badness is None:
        return why_not_applicable(kind.field, early=kind.early)
    if not badness:
        return f"An attacker cannot {GAINS[kind.field]}."
    return f"An attacker can {PARTLY.get((kind.field, badness), GAINS[kind.field])}."


def why_not_applicable(field: str, *, early: bool) -> str:
    """Why systemd leaves an assessment out of the sum."""
    if field in ("RemoveIPC", "SupplementaryGroups"):
        return "Makes no difference for a service with this user."
    return "Does not apply to a service of early boot." if early else "The policy excludes it."
