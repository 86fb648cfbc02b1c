"""Every compound grammar: sound and unsound values, by the name of systemd's parser."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable

import pytest

from unitlint.values.parsers import COMPOUND
from unitlint.values.problem import ValueContext, ValueProblem


def judge(parser: str, text: str, directive: str = "", release: int = 262) -> list[ValueProblem]:
    module, name = COMPOUND["config_parse_" + parser].split(":")
    function: Callable[[str, ValueContext], Iterable[ValueProblem]] = getattr(importlib.import_module(module), name)
    return list(function(text, ValueContext(release, "Service", directive, {}, False, "own.service")))


SOUND = [
    ("environ", 'A=b "C=d e" _X9=', ""),
    ("pass_environ", "A B", ""),
    ("unset_environ", "A B=c", ""),
    ("unit_env_file", "-/etc/default/x", ""),
    ("unit_deps", "a.service b@c.target", "After"),
    ("unit_condition_path", "|!/etc/x", ""),
    ("unit_condition_string", "!container", ""),
    ("namespace_path_strv", "-+/a /b %h/c", "ReadWritePaths"),
    ("bind_paths", "/a /b:/c -/d:/e:norbind", ""),
    ("exec_directories", "a b/c d:e f::ro", "StateDirectory"),
    ("exec_quota", "12.5%", ""),
    ("image_policy", "root=verity+signed:usr=absent:=ignore", ""),
    ("in_addr_prefixes", "any 10.0.0.0/8 ::1 fe80::/10 ::ffff:1.2.3.4 localhost", ""),
    ("cgroup_socket_bind", "ipv6:udp:1000-2000", ""),
    ("capability_set", "CAP_CHOWN CAP_NOT_REAL", ""),
    ("user_group_compat", "www-data", "User"),
    ("user_group_compat", "DOM\\user@x y", "User"),
    ("user_group_strv_compat", "a b 1000", ""),
    ("namespace_flags", "~net ipc", ""),
    ("load_credential", "a", ""),
    ("load_credential", "a:/etc/b", ""),
    ("set_credential", r"a:b\n", "SetCredential"),
    ("set_credential", "a:MTAw", "SetCredentialEncrypted"),
    ("import_credential", "net.*", ""),
    ("exec_output", "append:/var/log/x", ""),
    ("exec_output", "fd:name", ""),
    ("exec_input", "tty-force", ""),
    ("socket_listen", "[::1]:80", "ListenStream"),
    ("socket_listen", "vsock:2:1234", "ListenStream"),
    ("socket_listen", "kobject-uevent 1", "ListenNetlink"),
    ("syscall_filter", "@system-service read", ""),
    ("syscall_filter", "~mount:EPERM @swap:kill", ""),
    ("syscall_archs", "native x86-64", ""),
    ("syscall_errno", "EPERM", ""),
    ("address_families", "~AF_INET AF_INET6", ""),
    ("restrict_filesystems", "@basic-api ext4 whatever", ""),
    ("root_image_options", "root:ro,dev home:noexec", ""),
    ("mount_images", "/a.raw:/mnt:root:ro", ""),
    ("extension_images", "-/a.raw:nosuid", ""),
    ("temporary_filesystems", "/var:ro /tmp:size=1M,mode=700", ""),
    ("documentation", "man:a(8) https://x.org/ info:a", ""),
    ("exit_status", "255", ""),
    ("set_status", "1 SIGTERM HUP TEMPFAIL RTMIN+3", ""),
    ("unit_slice", "system-x.slice", ""),
    ("trigger_unit", "b.service", ""),
    ("service_sockets", "a.socket b.socket", ""),
    ("socket_service", "a.service", ""),
    ("bus_name", "org.example.Foo-bar", ""),
    ("open_file", "/a:name:read-only,graceful", ""),
    ("delegate", "cpu memory", ""),
    ("device_allow", "char-pts rwm", ""),
    ("disable_controllers", "cpu nonsense", ""),
    ("cgroup_nft_set", "cgroup:inet:filter:my_set", ""),
    ("bind_network_interface", "eth0", ""),
    ("restrict_network_interfaces", "~eth0 wlan0", ""),
    ("unit_mounts_for", "/a '/b c'", ""),
    ("working_directory", "~", ""),
    ("pid_file", "x.pid", "PIDFile"),
    ("bpf_foreign_program", "ingress:/sys/fs/bpf/x", ""),
    ("log_extra_fields", 'A=b "C=d e"', ""),
    ("log_namespace", "foo-%n", ""),
    ("exec_root_hash", "0" * 64, ""),
    ("exec_input_data", "SGVsbG8=", ""),
    ("fdname", "my name", ""),
    ("colon_separated_paths", "/a:/b", ""),
]

UNSOUND = [
    ("environ", "A=b not-it C", "", "ignored", "not-it", None),
    ("environ", "1A=b", "", "ignored", "1A=b", None),
    ("pass_environ", "A=b", "", "ignored", "A=b", "A"),
    ("unit_env_file", '"/etc/x"', "", "ignored", '"/etc/x"', "/etc/x"),
    ("unit_deps", "a.service,b.target", "After", "ignored", "a.service,b.target", "a.service b.target"),
    ("unit_deps", "ok.service network", "After", "ignored", "network", "network.target"),
    ("unit_condition_path", "!rel", "", "ignored", "rel", None),
    ("namespace_path_strv", "/a -rel", "", "ignored", "rel", None),
    ("namespace_path_strv", "~/x", "", "ignored", "~/x", "%h/x"),
    ("bind_paths", "/a:/b:ro", "", "ignored", "ro", None),
    ("bind_paths", "/a:b", "", "ignored", "b", None),
    ("exec_directories", "/var/lib/x", "StateDirectory", "ignored", "/var/lib/x", "x"),
    ("exec_directories", "private", "StateDirectory", "ignored", "private", None),
    ("exec_directories", "a:b", "ConfigurationDirectory", "ignored", "b", None),
    ("image_policy", "root", "", "refused", "root", None),
    ("in_addr_prefixes", "10.0.0.0/33", "", "ignored", "10.0.0.0/33", None),
    ("in_addr_prefixes", "1::2::3", "", "ignored", "1::2::3", None),
    ("in_addr_prefixes", "localhos", "", "ignored", "localhos", "localhost"),
    ("cgroup_socket_bind", "tcp:70000", "", "ignored", "tcp:70000", None),
    ("user_group_compat", "a:b", "User", "refused", "a:b", None),
    ("user_group_compat", "nobody", "User", "warned", "nobody", None),
    ("namespace_flags", "net ipx", "", "ignored", "ipx", None),
    ("load_credential", "a/b:/c", "", "ignored", "a/b", None),
    ("set_credential", "nocolon", "", "ignored", "nocolon", None),
    ("set_credential", r"a:\d", "SetCredential", "ignored", r"\d", None),
    ("import_credential", "a*b", "", "ignored", "a*b", None),
    ("exec_output", "syslog", "", "warned", "syslog", "journal"),
    ("exec_output", "/var/log/x", "", "ignored", "/var/log/x", "file:/var/log/x"),
    ("exec_output", "jornal", "", "ignored", "jornal", "journal"),
    ("exec_output", "file:rel", "", "ignored", "rel", None),
    ("socket_listen", "*:80", "ListenStream", "ignored", "*:80", "80"),
    ("socket_listen", "::1:80", "ListenStream", "ignored", "::1:80", "[::1]:80"),
    ("socket_listen", "80", "ListenSequentialPacket", "ignored", "80", None),
    ("socket_listen", "/var/run/x", "ListenStream", "warned", "/var/run/x", "/run/x"),
    ("syscall_filter", "read @moutn", "", "ignored", "@moutn", "@mount"),
    ("syscall_filter", "~read:EPREM", "", "ignored", "EPREM", "EPERM"),
    ("syscall_archs", "amd64", "", "ignored", "amd64", "x86-64"),
    ("syscall_errno", "0", "", "ignored", "0", None),
    ("address_families", "AF_INET inet6", "", "ignored", "inet6", "AF_INET6"),
    ("restrict_filesystems", "@temporery", "", "ignored", "@temporery", "@temporary"),
    ("root_image_options", "rot:ro", "", "ignored", "rot", "root"),
    ("mount_images", "/a.raw", "", "ignored", "/a.raw", None),
    ("temporary_filesystems", "rel:ro", "", "ignored", "rel", None),
    ("documentation", "a(8)", "", "ignored", "a(8)", "man:a(8)"),
    ("exit_status", "256", "", "ignored", "256", None),
    ("set_status", "1,2", "", "ignored", "1,2", "1 2"),
    ("unit_slice", "system", "", "ignored", "system", "system.slice"),
    ("trigger_unit", "own.service", "", "ignored", "own.service", None),
    ("service_sockets", "a", "", "ignored", "a", "a.socket"),
    ("socket_service", "a@.service", "", "ignored", "a@.service", None),
    ("bus_name", "foo", "", "ignored", "foo", None),
    ("open_file", "/a:b:readonly", "", "ignored", "readonly", "read-only"),
    ("delegate", "memroy", "", "ignored", "memroy", "memory"),
    ("device_allow", "/dev/sda RW", "", "ignored", "RW", "rw"),
    ("device_allow", "dev/sda", "", "ignored", "dev/sda", "/dev/sda"),
    ("disable_controllers", "nonsense", "", "ignored", "nonsense", None),
    ("bind_network_interface", "a/b", "", "ignored", "a/b", None),
    ("restrict_network_interfaces", "~eth0 7", "", "ignored", "7", None),
    ("working_directory", "rel", "", "refused", "rel", None),
    ("working_directory", "-rel", "", "ignored", "rel", None),
    ("pid_file", "/var/run/x.pid", "PIDFile", "warned", "/var/run/x.pid", "/run/x.pid"),
    ("pid_file", "../x", "PIDFile", "refused", "../x", None),
    ("bpf_foreign_program", "ingres:/x", "", "ignored", "ingres", "ingress"),
    ("log_extra_fields", "my-field=x", "", "ignored", "my-field=x", "MY_FIELD=x"),
    ("log_namespace", "a b", "", "ignored", "a b", None),
    ("exec_root_hash", "abcd", "", "ignored", "abcd", None),
    ("exec_input_data", "a", "", "ignored", "a", None),
    ("fdname", "a:b", "", "ignored", "a:b", None),
    ("exec_selinux_context", "%Q", "", "refused", "%Q", None),
    ("exec_selinux_context", "-%Q", "", "ignored", "-%Q", None),
]


@pytest.mark.parametrize(("parser", "text", "directive"), SOUND)
def test_sound(parser: str, text: str, directive: str) -> None:
    assert judge(parser, text, directive) == []


@pytest.mark.parametrize(("parser", "text", "directive", "effect", "place", "suggestion"), UNSOUND)
def test_unsound(parser: str, text: str, directive: str, effect: str, place: str, suggestion: str | None) -> None:
    problem = judge(parser, text, directive)[0]
    assert (problem.effect, text[problem.start : problem.end]) == (effect, place)
    assert problem.suggestion == suggestion


@pytest.mark.parametrize(
    ("parser", "text", "directive", "release", "sound"),
    [
        ("address_families", "none", "", 247, False),
        ("address_families", "none", "", 252, True),
        ("exec_output", "truncate:/x", "", 247, False),
        ("exec_output", "truncate:/x", "", 252, True),
        ("image_policy", "rootx=open", "", 257, False),
        ("image_policy", "rootx=open", "", 262, True),
        ("load_credential", "a", "", 247, False),
        ("load_credential", "a", "", 252, True),
        ("pid_file", "/dev/x", "", 254, True),
        ("pid_file", "/dev/x", "", 257, False),
        ("socket_listen", "/var/run/x", "ListenStream", 254, True),
        ("cgroup_socket_bind", "0", "", 254, False),
        ("cgroup_socket_bind", "0", "", 257, True),
        ("exec_directories", "a:/b", "StateDirectory", 247, True),
        ("exec_directories", "a:/b", "StateDirectory", 252, False),
    ],
)
def test_releases_differ(parser: str, text: str, directive: str, release: int, sound: bool) -> None:
    assert (judge(parser, text, directive, release) == []) is sound


@pytest.mark.parametrize("parser", sorted(COMPOUND))
@pytest.mark.parametrize("text", ["", " ", '"', "'a", "\\", "%", "%Q", ":", "~", "-", "+", "@", "a" * 5000, "ä\x01"])
def test_any_text_has_places_inside_it(parser: str, text: str) -> None:
    for release in (247, 262):
        for problem in judge(parser.removeprefix("config_parse_"), text, "X", release):
            assert 0 <= problem.start <= problem.end <= max(len(text), 1)
            assert problem.reason
            assert not problem.reason.endswith(".")
