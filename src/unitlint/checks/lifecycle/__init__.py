"""Predicates of the rules about start, stop and restart: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL601": "no_restart:check",
    "UL602": "restarting:restart_not_on_failure",
    "UL603": "restarting:restart_sec_without_restart",
    "UL604": "restarting:restart_without_end",
    "UL605": "restarting:start_limit_never_reached",
    "UL606": "restarting:gives_up_soon",
    "UL607": "notifying:watchdog_without_notify",
    "UL608": "notifying:watchdog_without_restart",
    "UL609": "notifying:notify_through_shell",
    "UL610": "notifying:notify_access_none",
    "UL611": "remain_after_exit_on_daemon:check",
    "UL612": "oneshot_stopped_at_once:check",
    "UL614": "killing:kill_mode_process",
    "UL615": "timeouts:endless_stop_timeout",
    "UL616": "timeouts:endless_start_timeout",
    "UL617": "killing:stop_by_kill",
    "UL618": "killing:kill_signal_kill",
    "UL619": "killing:send_sigkill_no",
    "UL620": "jvm_exit_status:check",
    "UL621": "reloading:reload_ends_service",
    "UL622": "killing:kill_by_name",
    "UL623": "reloading:reload_does_not_wait",
    "UL624": "reloading:no_reload",
    "UL625": "init_script_wrapped:check",
    "UL626": "start_limit_in_service:check",
}
