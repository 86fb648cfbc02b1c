"""Parsers that only the confs use, each with ``module:function``."""

from __future__ import annotations

_G = "unitlint.grammar."
_WORD = _G + "conf:word"
_BOOLEAN = _G + "boolean:tristate"
_SIZE = _G + "size:iec_size_or_nothing"

CONF: dict[str, str] = {
    "config_parse_audit_set_mode": _WORD,
    "config_parse_bytes_off": _SIZE,
    "config_parse_calendar": _G + "calendar:calendar",
    "config_parse_color": _BOOLEAN,
    "config_parse_compress": _G + "conf:compress",
    "config_parse_coredump_storage": _WORD,
    "config_parse_cpu_set": _G + "cpu_set:cpu_set",
    "config_parse_crash_action": _WORD,
    "config_parse_crash_chvt": _G + "conf:virtual_terminal",
    "config_parse_crash_reboot": _BOOLEAN,
    "config_parse_default_timeout_abort": _G + "timespan:seconds_or_nothing",
    "config_parse_dns_cache_mode": _WORD,
    "config_parse_dns_over_tls_mode": _WORD,
    "config_parse_dns_servers": _G + "conf:dns_servers",
    "config_parse_dns_stub_listener_mode": _WORD,
    "config_parse_dnssec_mode": _WORD,
    "config_parse_handle_action": _WORD,
    "config_parse_handle_button": _WORD,
    "config_parse_iec_uint64": _SIZE,
    "config_parse_iec_uint64_infinity": _G + "conf:size_or_infinity",
    "config_parse_level2": _G + "conf:log_level",
    "config_parse_line_max": _G + "conf:line_max",
    "config_parse_location": _BOOLEAN,
    "config_parse_n_autovts": _G + "integer:unsigned",
    "config_parse_output_restricted": _G + "conf:default_output",
    "config_parse_protect_system_pid1": _WORD,
    "config_parse_resolve_support": _WORD,
    "config_parse_restrict_filesystem_access": _WORD,
    "config_parse_show_status": _WORD,
    "config_parse_split_mode": _WORD,
    "config_parse_status_unit_format": _WORD,
    "config_parse_storage": _WORD,
    "config_parse_target": _WORD,
    "config_parse_time": _BOOLEAN,
    "config_parse_tmpfs_size": _G + "conf:size_or_percentage",
    "config_parse_uint64": _G + "integer:uint64",
    "config_parse_watchdog_sec": _G + "conf:watchdog",
}
"""systemd-analyze verifies no confs: these follow the daemons' sources, and are silent about empty values."""
