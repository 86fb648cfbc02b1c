"""What a directive takes, in a sentence by the type of its values; its default and its manual page."""

from __future__ import annotations

from unitlint.lsp.value_tables import RANGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.catalogue import CatalogueEntry

TAKES = {
    "address_family_list": "address families such as `AF_INET AF_UNIX`; `~` inverts the list, `none` allows none",
    "base64": "data in Base64",
    "bind_path_list": "`SOURCE`, `SOURCE:DESTINATION` or `SOURCE:DESTINATION:rbind`, separated by spaces",
    "bool": "a boolean: `yes` or `no`",
    "bool_or_size": "a boolean, or a size from which on it holds",
    "bpf_delegate_list": "names separated by spaces, or `any`",
    "bpf_program": "`ATTACH-TYPE:PATH` of a BPF program",
    "bus_name": "a D-Bus name such as `org.example.App`",
    "calendar": "a calendar expression such as `daily`, `Mon..Fri 10:00` or `*-*-01 03:00:00`",
    "capability_set": "capabilities such as `CAP_NET_BIND_SERVICE`, with spaces between; `~` means all but these",
    "cgroup_name": "the name of a control group below that of the unit",
    "compression_list": "compression algorithms, separated by spaces",
    "condition": "a text that is compared with the system; `!` in front negates it, `|` makes it an alternative",
    "condition_path": "an absolute path; `!` in front negates the condition, `|` makes it an alternative",
    "controller_list": "names of control group controllers, separated by spaces",
    "coredump_filter": "kinds of memory mappings, separated by spaces, or a hexadecimal mask",
    "cpu_set": "CPU or node numbers and ranges: `0-3 8`",
    "cpu_weight": "a weight from 1 to 10000, or `idle`",
    "credential_glob_list": "a glob pattern of credential names, perhaps with `:NEW-NAME`",
    "credential_load": "`ID:PATH` of a file or socket from which the credential is read",
    "credential_set": "`ID:VALUE`",
    "delegate": "a boolean, or names of controllers separated by spaces",
    "device_bandwidth": "`DEVICE BYTES-PER-SECOND`, such as `/dev/sda 5M`",
    "device_latency": "`DEVICE TIME`, such as `/dev/sda 25ms`",
    "device_rule": "`DEVICE rwm`: a device node, `char-NAME` or `block-NAME`, and what may be done with it",
    "device_weight": "`DEVICE WEIGHT`, such as `/dev/sda 500`",
    "dhcp_option": "a DHCP option: `NUMBER:TYPE:DATA`",
    "disk_quota": "a size or a percentage of the file system",
    "dns_record_type_list": "types of DNS records such as `AAAA`, separated by spaces",
    "dns_server_list": "IP addresses of DNS servers, separated by spaces",
    "duid_rawdata": "bytes in hexadecimal digits, separated by colons",
    "domain_list": "domain names, separated by spaces",
    "enum": "one of a list of words",
    "enum_open": "one of a list of words, or a form with a value behind a colon",
    "enum_ref": "one of a list of words",
    "env_name_list": "names of environment variables, separated by spaces",
    "env_unset_list": "names of environment variables, or assignments that have to match, separated by spaces",
    "environment": 'assignments `NAME=value` separated by spaces; quote one that holds spaces: `"NAME=a b"`',
    "errno": "an error name such as `EPERM`, an error number, or `kill`",
    "exec": "a program with its arguments; `-` in front lets it fail, `+` runs it with full privileges",
    "exec_directory_list": "relative paths of directories that systemd creates; `NAME:LINK` adds a symlink",
    "exit_status_list": "exit statuses by number or name, and signals, separated by spaces",
    "fd_name": "a name for file descriptors, of at most 255 characters without a colon",
    "filesystem_list": "file system types or sets such as `@basic-api`; `~` inverts the list",
    "flag_list_or_bool": "a boolean, or words separated by spaces",
    "group": "a group name or a numeric group ID",
    "group_list": "group names or numeric group IDs, separated by spaces",
    "host_list": "host names or IP addresses, separated by spaces",
    "http_header": "`NAME: VALUE`",
    "ifname": "the name of a network interface",
    "ifname_list": "names of network interfaces, separated by spaces; `~` in front inverts the list",
    "ignored": "anything; systemd ignores it",
    "image_mount_list": "`IMAGE:MOUNT-POINT`, separated by spaces",
    "image_option_list": "`PARTITION:OPTIONS`, separated by spaces",
    "image_policy": "a policy of what partitions an image may have: `root=verity:usr=absent`",
    "instance_name": "the instance under which a template is enabled",
    "integer": "a whole number",
    "integer_or_bool": "a whole number or a boolean",
    "integer_or_enum": "a whole number or one of a list of words",
    "integer_or_infinity": "a whole number, or `infinity`",
    "integer_or_percent_or_infinity": "a whole number, a percentage, or `infinity`",
    "ip_address": "an IP address",
    "ip_prefix_list": "addresses such as `192.168.0.0/16`, or `any`, `localhost`, `link-local`, `multicast`",
    "journal_field_list": "fields `NAME=VALUE` for every log line, separated by spaces",
    "listen_address": "an address with an optional port, perhaps after `udp:` or `tcp:`",
    "log_facility": "a syslog facility",
    "log_level": "a log level by name or number: `emerg` (0) to `debug` (7)",
    "mount_node": "a device, a path or another source of the mount",
    "namespace_flags": "a boolean, or namespace types separated by spaces; `~` in front inverts the list",
    "network_prefix_label": "a prefix of IPv6 addresses, or its label",
    "nft_set": "`SOURCE:FAMILY:TABLE:SET`",
    "numa_mask": "NUMA node numbers and ranges, or `all`",
    "octal_mode": "a file mode in octal digits, such as `0640`",
    "open_file": "`PATH:NAME:OPTIONS`",
    "path": "an absolute path",
    "path_dash": "an absolute path; `-` in front means that it may be missing",
    "path_list": "absolute paths, separated by spaces",
    "path_list_colon": "absolute paths, separated by colons",
    "path_list_prefixed": "absolute paths; `-` in front ignores a missing one, `+` looks below RootDirectory=",
    "path_or_base64": "an absolute path, or `base64:DATA`",
    "path_runtime": "a path; a relative one lies below /run",
    "percent": "a percentage up to 100%",
    "percent_unbounded": "a percentage of one CPU; more than 100% is more than one CPU",
    "regex": "a regular expression; `~` in front drops what it matches",
    "rlimit": "a limit, `SOFT:HARD`, or `infinity`",
    "root_hash": "a hash in hexadecimal digits, or an absolute path",
    "route_table_name": "`NAME:NUMBER` of routing tables, separated by spaces",
    "secure_bits": "secure bits separated by spaces",
    "security_label": "a security label; `-` in front ignores a failure",
    "signal": "a signal such as `SIGTERM`",
    "size": "a size in bytes; `K`, `M`, `G` and `T` count to the base 1024",
    "size_or_infinity": "a size such as `512M`, or `infinity`",
    "size_or_percent": "a size such as `512M`, or a percentage of the memory",
    "size_or_percent_or_infinity": "a size such as `512M`, a percentage of the memory, or `infinity`",
    "sleep_operation_list": "sleep operations such as `suspend`, separated by spaces",
    "socket_address": "a path, a port, `ADDRESS:PORT`, `@abstract-name` or `vsock:CID:PORT`",
    "socket_bind_rule": "`FAMILY:PROTOCOL:PORTS`, any part of which may be left out, or `any`",
    "string": "text",
    "string_cescape": "text, in which C escapes stand for special characters",
    "string_list": "words, separated by spaces",
    "syscall_arch_list": "architectures such as `native`, separated by spaces",
    "syscall_filter": "system calls and groups such as `@system-service`; `~` denies instead of allowing",
    "timespan": "a time span such as `90s`, `5min` or `1h 30min`; a plain number counts seconds",
    "timespan_nsec": "a time span; a plain number counts nanoseconds",
    "tmpfs_list": "`PATH` or `PATH:OPTIONS`, separated by spaces",
    "tristate": "a boolean, or nothing for the default",
    "unit_list": "unit names, separated by spaces",
    "unit_name": "a unit name",
    "uri_list": "URIs that begin with `http://`, `https://`, `file:`, `info:` or `man:`, separated by spaces",
    "user": "a user name or a numeric user ID",
    "xattr": "an extended attribute for the socket's inode",
}  # fmt: skip
_OF_QUADLETS = {
    "texts": "text; may be given several times", "text": "text", "port": "ports, as `podman run --publish` takes them",
    "volume": "`SOURCE:TARGET:OPTIONS`; the source may be the name of a `.volume` file",
    "network-name": "a network, or the name of a `.network` file", "mount": "a mount, as `podman run --mount` takes it",
    "capability": "capabilities, separated by spaces", "flag": "a boolean", "number": "a whole number",
    "signal": "a signal", "duration": "a duration such as `30s`", "size": "a size such as `512m`",
    "pod": "the name of a `.pod` file", "pull": "a pull policy",
    "secret": "`NAME,OPTION=VALUE`, as `podman run --secret` takes it",
}  # fmt: skip

DEFAULTS = {
    "AccuracySec": "1min", "AllowIsolate": "no", "Backlog": "4294967295", "BindIPv6Only": "default",
    "CPUAccounting": "yes", "CPUSchedulingPolicy": "other", "CPUWeight": "100", "CollectMode": "inactive",
    "DefaultDependencies": "yes", "Delegate": "no", "DevicePolicy": "auto", "DirectoryMode": "0755",
    "DynamicUser": "no", "FailureAction": "none", "FinalKillSignal": "SIGKILL", "IOWeight": "100",
    "IgnoreOnIsolate": "no", "IgnoreSIGPIPE": "yes", "JobTimeoutSec": "infinity", "KeyringMode": "private",
    "KillMode": "control-group", "KillSignal": "SIGTERM", "LockPersonality": "no", "LogLevelMax": "debug",
    "MemoryDenyWriteExecute": "no", "MemoryHigh": "infinity", "MemoryLow": "0", "MemoryMax": "infinity",
    "MemoryMin": "0", "MemorySwapMax": "infinity", "NoNewPrivileges": "no", "NonBlocking": "no", "Persistent": "no",
    "PrivateDevices": "no", "PrivateNetwork": "no", "PrivateTmp": "no", "PrivateUsers": "no", "ProcSubset": "all",
    "ProtectClock": "no", "ProtectControlGroups": "no", "ProtectHome": "no", "ProtectHostname": "no",
    "ProtectKernelLogs": "no", "ProtectKernelModules": "no", "ProtectKernelTunables": "no", "ProtectProc": "default",
    "ProtectSystem": "no", "RandomizedDelaySec": "0", "RefuseManualStart": "no", "RefuseManualStop": "no",
    "RemainAfterExit": "no", "RemoveIPC": "no", "Restart": "no", "RestartKillSignal": "that of KillSignal=",
    "RestartMode": "normal", "RestartSec": "100ms", "RestartSteps": "0", "RestrictNamespaces": "no",
    "RestrictRealtime": "no", "RestrictSUIDSGID": "no", "RuntimeDirectoryPreserve": "no",
    "RuntimeMaxSec": "infinity", "SendSIGHUP": "no", "SendSIGKILL": "yes", "SocketMode": "0666",
    "StandardError": "inherit", "StandardInput": "null", "StandardOutput": "journal", "StartLimitAction": "none",
    "StartLimitBurst": "that of DefaultStartLimitBurst=, 5", "StopWhenUnneeded": "no",
    "StartLimitIntervalSec": "that of DefaultStartLimitIntervalSec=, 10s", "SuccessAction": "none",
    "SyslogFacility": "daemon", "SyslogLevel": "info", "TasksMax": "that of DefaultTasksMax=, 15%",
    "TimeoutStartSec": "that of DefaultTimeoutStartSec=, 90s; infinity for Type=oneshot",
    "TimeoutStopSec": "that of DefaultTimeoutStopSec=, 90s", "TimerSlackNSec": "50us", "UMask": "0022",
    "UtmpMode": "init", "WakeSystem": "no", "WatchdogSec": "0",
    "Type": "simple; exec with credentials since 257, dbus with BusName=, oneshot without ExecStart=",
}  # fmt: skip
"""What holds where a directive is not set (the manual pages)."""


def takes(entry: CatalogueEntry) -> str:
    """The sentence on what values a directive takes, without a full stop."""
    parser = str(entry.get("parser") or "")
    if parser.startswith("quadlet-"):
        return _OF_QUADLETS.get(parser.removeprefix("quadlet-"), "text")
    sentence = TAKES.get(str(entry.get("type")), "text")
    low, high = RANGES.get(str(entry["name"]), (None, None))
    return sentence if low is None else f"{sentence}, from {low} to {high}"


def type_word(entry: CatalogueEntry) -> str:
    """The type in a word or two, for lists: ``time span``."""
    parser = str(entry.get("parser") or "")
    kind = parser.removeprefix("quadlet-") if parser.startswith("quadlet-") else str(entry.get("type") or "text")
    return {"bool": "boolean", "flag": "boolean", "timespan": "time span", "exec": "command", "enum": "word"}.get(
        kind, kind.replace("_or_", ", ").replace("_", " ").replace("-", " ")
    )


def manual_link(entry: CatalogueEntry) -> str:
    """The manual page as a Markdown link to the directive in it; empty where none is known."""
    page = str(entry.get("man") or "")
    name, _, _ = page.partition("(")
    if not name:
        return ""
    if name == "podman-systemd.unit":
        return f"[{page}](https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html)"
    return f"[{page}](https://www.freedesktop.org/software/systemd/man/latest/{name}.html#{entry['name']}=)"


def history(entry: CatalogueEntry) -> list[str]:
    """Since when there is a directive, until when, and what took its place."""
    found = []
    if entry.get("since"):
        found.append(f"since {entry['since']}")
    if entry.get("removed_in"):
        found.append(f"removed in {entry['removed_in']}")
    if entry.get("replaced_by"):
        found.append(f"replaced by {entry['replaced_by']}=")
    return found
