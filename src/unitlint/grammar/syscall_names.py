"""Names of system calls that a release resolves: up to libseccomp, which knows fewer than the kernel has."""

from __future__ import annotations

UNRESOLVED = frozenset((
    "arc_gettls", "arc_settls", "arc_usr_cmpxchg", "dipc", "exec_with_loader", "execv", "fchroot", "fstatat",
    "getdomainname", "getdtablesize", "gethostname", "getxgid", "getxpid", "getxuid", "kern_features", "llseek",
    "memory_ordering", "newfstat", "old_adjtimex", "oldumount", "or1k_atomic", "osf_fstat", "osf_fstatfs",
    "osf_fstatfs64", "osf_getdirentries", "osf_getdomainname", "osf_getitimer", "osf_getrusage", "osf_getsysinfo",
    "osf_gettimeofday", "osf_lstat", "osf_mount", "osf_proplist_syscall", "osf_select", "osf_set_program_attributes",
    "osf_setitimer", "osf_setsysinfo", "osf_settimeofday", "osf_shmat", "osf_sigprocmask", "osf_sigstack", "osf_stat",
    "osf_statfs", "osf_statfs64", "osf_swapon", "osf_syscall", "osf_sysinfo", "osf_usleep_thread", "osf_utimes",
    "osf_utsname", "osf_wait4", "perfctr", "sched_get_affinity", "sched_set_affinity", "sethae", "setpgrp",
    "utrap_install",
))  # fmt: skip
"""Names that no libseccomp resolves: calls of architectures that it does not filter, and functions of the C library."""

_BY_RELEASE = {
    252: (
        "cachestat fchmodat2 futex_requeue futex_wait futex_waitv futex_wake map_shadow_stack set_mempolicy_home_node"
    ),
    254: "@sandbox",
    257: (
        "atomic_barrier atomic_cmpxchg_32 getpagesize getxattrat listmount listxattrat lsm_get_self_attr "
        "lsm_list_modules lsm_set_self_attr mseal removexattrat riscv_hwprobe setxattrat statmount uretprobe"
    ),
    262: "file_getattr file_setattr listns open_tree_attr rseq_slice_yield uprobe",
}
"""What came later: by the first recorded release (as Debian ships it) that resolves the names."""

SINCE = {name: release for release, names in _BY_RELEASE.items() for name in names.split()}
"""Name or group to the first release that resolves it; the others are older than all of them."""
