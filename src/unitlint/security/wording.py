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
    "UserOrDynamicUser": "act as root: read and change whatever no other setting takes away",
    _CAPABILITY + "SET_UID_GID_PCAP": "become any user or group, or raise its own capabilities",
    _CAPABILITY + "SYS_ADMIN": "mount, set quotas and do most of what only administrators may",
    _CAPABILITY + "SYS_PTRACE": "look into the memory of any process and take it over",
    _FAMILY + "AF_INET_INET6": "open internet connections, to call home or to reach the hosts nearby",
    _NAMESPACE + "user": "make a user namespace, where it is root and kernel code opens up that is often buggy",
    _FAMILY + "OTHER": "open rare kinds of sockets, whose kernel code few people look at",
    _CAPABILITY + "CHOWN_FSETID_SETFCAP": "give files away, or keep set-user-ID bits and capabilities on them",
    _CAPABILITY + "DAC_FOWNER_IPC_OWNER": "read and write files whatever their permissions say",
    _CAPABILITY + "NET_ADMIN": "change addresses, routes and the firewall",
    _CAPABILITY + "SYS_MODULE": "load code into the kernel",
    _CAPABILITY + "SYS_RAWIO": "talk to the hardware directly and write to its memory",
    _CAPABILITY + "SYS_TIME": "change the clock, so that certificates and logs lie",
    "DeviceAllow": "open device nodes, such as disks and kernel memory",
    "IPAddressDeny": "exchange packets with any address",
    "KeyringMode": "use kernel keys that belong to others",
    "NoNewPrivileges": "gain privileges by starting a set-user-ID program",
    "NotifyAccess": "report any state to systemd from any of its processes",
    "PrivateDevices": "see the real /dev with the machine's devices",
    "PrivateMounts": "have its mounts appear to the whole host",
    "PrivateTmp": "plant files in the /tmp that others use, and read theirs",
    "PrivateUsers": "meet the host's users under their real numbers",
    "ProtectClock": "set the system clock and the hardware clock",
    "ProtectControlGroups": "rewrite the control groups, and with them the limits of other services",
    "ProtectHome": "read and change what people keep in their home folders",
    "ProtectKernelLogs": "read the kernel's log, where addresses that help an exploit turn up",
    "ProtectKernelModules": "load and unload kernel modules",
    "ProtectKernelTunables": "change kernel settings below /proc/sys and /sys",
    "ProtectProc": "list the processes of other users with their command lines",
    "ProtectSystem": "overwrite programs, libraries and settings of the system",
    _FAMILY + "AF_PACKET": "sniff and forge raw network packets",
    "RestrictSUIDSGID": "leave set-user-ID files behind, to come back with another user's rights",
    "SystemCallArchitectures": "use another processor mode's system calls, which filters often forget",
    _CALLS + "clock": "call the kernel to set the clock",
    _CALLS + "debug": "trace and change other processes",
    _CALLS + "module": "call the kernel to load modules",
    _CALLS + "mount": "mount and unmount file systems, and so undo parts of the sandbox",
    _CALLS + "raw_io": "reach input and output ports of the hardware",
    _CALLS + "reboot": "reboot the machine or start another kernel",
    _CALLS + "swap": "switch swap areas on and off",
    _CALLS + "privileged": "make calls that only a superuser needs",
    _CALLS + "resources": "change scheduling and memory placement of processes",
    "AmbientCapabilities": "pass capabilities on to every program that it starts",
    _CAPABILITY + "AUDIT": "feed the audit log with lies, or switch auditing off",
    _CAPABILITY + "KILL": "send signals to any process",
    _CAPABILITY + "MKNOD": "make device nodes, and through them reach the devices",
    _CAPABILITY + "NET_BIND_SERVICE_BROADCAST_RAW)": "take ports below 1024 and forge packets",
    _CAPABILITY + "SYSLOG": "read and clear the kernel's log",
    _CAPABILITY + "SYS_NICE_RESOURCE": "outbid other processes for processor time and lift its limits",
    _NAMESPACE + "cgroup": "make control group namespaces",
    _NAMESPACE + "ipc": "make namespaces of System V IPC and message queues",
    _NAMESPACE + "mnt": "make mount namespaces, and arrange the file system anew inside",
    _NAMESPACE + "net": "make network namespaces, whose set-up exercises much kernel code",
    _NAMESPACE + "pid": "make process namespaces, and hide processes in them",
    "RestrictRealtime": "hog the processor with realtime scheduling",
    _CALLS + "cpu_emulation": "use calls for emulating old processor modes",
    _CALLS + "obsolete": "use obsolete system calls, whose kernel code hardly anyone tends",
    _FAMILY + "AF_NETLINK": "talk to the kernel's network configuration",
    "RootDirectoryOrRootImage": "see the host's whole file tree, as far as permissions let it",
    "SupplementaryGroups": "use what is open to the extra groups of the service",
    _CAPABILITY + "MAC": "change or override the rules of SELinux, AppArmor or Smack",
    _CAPABILITY + "SYS_BOOT": "reboot the machine",
    "Delegate": "shape the control groups below the service as it likes",
    "LockPersonality": "switch to an odd execution domain, which weakens memory protection",
    "MemoryDenyWriteExecute": "write machine code into memory and run it",
    "RemoveIPC": "leave shared memory and queues behind after the service has stopped",
    _NAMESPACE + "uts": "make namespaces with another host name",
    "UMask": "read or change, as another local user, what the service writes",
    _CAPABILITY + "LINUX_IMMUTABLE": "lift the immutable and append-only marks of files",
    _CAPABILITY + "IPC_LOCK": "lock memory so that it is never swapped out",
    _CAPABILITY + "SYS_CHROOT": "change its root folder, a step of many escapes",
    "ProtectHostname": "rename the host",
    _CAPABILITY + "BLOCK_SUSPEND": "keep the machine from sleeping",
    _CAPABILITY + "BPF": "load BPF programs into the kernel",
    _CAPABILITY + "LEASE": "take leases on files and hold up whoever opens them",
    _CAPABILITY + "SYS_PACCT": "switch process accounting on and off",
    _CAPABILITY + "SYS_TTY_CONFIG": "reconfigure and hang up terminals",
    _CAPABILITY + "WAKE_ALARM": "wake the sleeping machine",
    _FAMILY + "AF_UNIX": "talk to other services through local sockets",
    "ProcSubset": "read what /proc tells of the machine beside its processes",
}  # fmt: skip

PARTLY = {
    ("UserOrDynamicUser", 9): "share what other services do and own under the user nobody",
    ("DeviceAllow", 5): "open the device nodes that the list names",
    ("IPAddressDeny", 5): "exchange packets with the addresses that are allowed",
    ("IPAddressDeny", 2): "reach the services that listen on this machine",
    ("ProtectHome", 5): "read what people keep in their home folders",
    ("ProtectHome", 1): "see that there are home folders, but none of their files",
    ("ProtectProc", 1): "list the processes of other users, but none of their details",
    ("ProtectSystem", 5): "overwrite settings below /etc and the data below /var",
    ("ProtectSystem", 3): "overwrite what lies outside /usr, /boot and /etc",
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
        return "Makes no difference to a service of this user."
    return "Does not apply to a service of early boot." if early else "The policy leaves it out."
