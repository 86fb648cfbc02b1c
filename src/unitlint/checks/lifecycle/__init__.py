"""Predicates of the rules about start, stop and restart: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL601": "no_restart:check",
    "UL602": "restart_not_on_failure:check",
    "UL603": "restart_sec_without_restart:check",
    "UL604": "restart_without_end:check",
    "UL605": "start_limit_never_reached:check",
    "UL606": "gives_up_soon:check",
    "UL607": "watchdog_without_notify:check",
    "UL608": "watchdog_without_restart:check",
    "UL609": "notify_through_shell:check",
    "UL610": "notify_access_none:check",
    "UL611": "remain_after_exit_on_daemon:check",
    "UL612": "oneshot_stopped_at_once:check",
    "UL614": "kill_mode_process:check",
    "UL615": "endless_stop_timeout:check",
    "UL616": "endless_start_timeout:check",
    "UL617": "stop_by_kill:check",
    "UL618": "kill_signal_kill:check",
    "UL619": "send_sigkill_no:check",
    "UL620": "jvm_exit_status:check",
    "UL621": "reload_ends_service:check",
    "UL622": "kill_by_name:check",
    "UL623": "reload_does_not_wait:check",
    "UL624": "no_reload:check",
    "UL625": "init_script_wrapped:check",
}
