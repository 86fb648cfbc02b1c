"""SystemCallFilter=, SystemCallLog=, SystemCallArchitectures=, SystemCallErrorNumber=."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.values.faults import ignored, nearest, take_words, unknown, whole
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.sockets import parse_number
from unitlint.values.words import Word

_MAX_ERRNO = 4095
_NO_ERRNO = "an error number is a name such as EPERM, a number up to 4095 or kill"
_ARCHITECTURES = {
    "native": 0, "x86": 0, "x86-64": 0, "x32": 0, "arm": 0, "arm64": 0, "mips": 0, "mips64": 0,
    "mips64-n32": 0, "mips-le": 0, "mips64-le": 0, "mips64-le-n32": 0, "ppc": 0, "ppc64": 0,
    "ppc64-le": 0, "s390": 0, "s390x": 0, "parisc": 248, "parisc64": 248, "riscv64": 247,
    "loongarch64": 255,
}  # fmt: skip


def syscall_filter(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_syscall_filter: calls and @groups, an error number after a colon."""
    return _calls(text, context, with_errno=True)


def syscall_log(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_syscall_log: calls and @groups."""
    return _calls(text, context, with_errno=context.release < 248)


def syscall_archs(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_syscall_archs."""
    problems: list[ValueProblem] = []
    known = [name for name, since in _ARCHITECTURES.items() if since <= context.release]
    for word in take_words(text, problems):
        if word.text not in known:
            problems.append(unknown(word, "architecture that system calls are filtered for", known))
    return problems


def syscall_errno(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_syscall_errno: ``kill``, the name of an error or its number, not 0."""
    if text in ("", "kill"):
        return []
    number = _errno(text)
    if number is None or number == 0:
        return [ignored(whole(text), _NO_ERRNO, suggestion=_nearest_errno(text))]
    return []


def _calls(text: str, context: ValueContext, *, with_errno: bool) -> list[ValueProblem]:
    problems: list[ValueProblem] = []
    inverted = int(text.startswith("~"))
    for word in take_words(text[inverted:], problems, 0):
        place = Word(word.text, word.start + inverted, word.end + inverted)
        problem = _call_problem(place, bool(inverted), context, with_errno)
        if problem is not None:
            problems.append(problem)
    return problems


def _call_problem(word: Word, inverted: bool, context: ValueContext, with_errno: bool) -> ValueProblem | None:
    name, colon, code = word.text.partition(":")
    if colon and with_errno:
        after = Word(code, word.start + len(name) + 1, word.end)
        if code != "kill" and _errno(code) is None:
            return ignored(after, _NO_ERRNO, suggestion=_nearest_errno(code))
        if not inverted and context.release >= 248:
            return ignored(after, "only calls that are denied (after ~) can have an error number")
        word = Word(name, word.start, word.start + len(name))
    if is_known(word.text, context.release):
        return None
    groups, calls = _known()
    since = SINCE.get(word.text)
    if since is not None:
        return ignored(word, f"systemd {since} and later know it; you target {context.release}")
    if word.text.startswith("@"):
        return unknown(word, "group of system calls", groups)
    return unknown(word, "system call", calls)


def is_known(name: str, release: int) -> bool:
    """True for a system call that ``release`` can filter, or an @group of them."""
    groups, calls = _known()
    return (name in groups or name in calls) and release >= SINCE.get(name, 0)


def _known() -> tuple[dict[str, None], dict[str, None]]:
    if not _cache:
        from unitlint.catalogue import facts

        groups = facts("syscall_groups")
        calls = dict.fromkeys(facts("known_syscalls"))
        for group in groups:
            calls.update((name, None) for name in group["members"] if not name.startswith("@"))
        for name in UNRESOLVED:
            calls.pop(name, None)
        _cache.append((dict.fromkeys([group["name"] for group in groups] + ["@known"]), calls))
    return _cache[0]


_cache: list[tuple[dict[str, None], dict[str, None]]] = []


def _errno(text: str) -> int | None:
    """The number, or 1 for any name, in capitals or not; None for no error."""
    if text.upper() in ERRNO_NAMES:
        return 1
    number = parse_number(text)
    return number if number is not None and number <= _MAX_ERRNO else None


def _nearest_errno(text: str) -> str | None:
    return nearest(text, ["kill", *sorted(ERRNO_NAMES)])


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

ERRNO_NAMES = frozenset((
    "E2BIG", "EACCES", "EADDRINUSE", "EADDRNOTAVAIL", "EADV", "EAFNOSUPPORT", "EAGAIN", "EALREADY", "EBADE", "EBADF",
    "EBADFD", "EBADMSG", "EBADR", "EBADRQC", "EBADSLT", "EBFONT", "EBUSY", "ECANCELED", "ECHILD", "ECHRNG", "ECOMM",
    "ECONNABORTED", "ECONNREFUSED", "ECONNRESET", "EDEADLK", "EDEADLOCK", "EDESTADDRREQ", "EDOM", "EDOTDOT", "EDQUOT",
    "EEXIST", "EFAULT", "EFBIG", "EHOSTDOWN", "EHOSTUNREACH", "EHWPOISON", "EIDRM", "EILSEQ", "EINPROGRESS", "EINTR",
    "EINVAL", "EIO", "EISCONN", "EISDIR", "EISNAM", "EKEYEXPIRED", "EKEYREJECTED", "EKEYREVOKED", "EL2HLT", "EL2NSYNC",
    "EL3HLT", "EL3RST", "ELIBACC", "ELIBBAD", "ELIBEXEC", "ELIBMAX", "ELIBSCN", "ELNRNG", "ELOOP", "EMEDIUMTYPE",
    "EMFILE", "EMLINK", "EMSGSIZE", "EMULTIHOP", "ENAMETOOLONG", "ENAVAIL", "ENETDOWN", "ENETRESET", "ENETUNREACH",
    "ENFILE", "ENOANO", "ENOBUFS", "ENOCSI", "ENODATA", "ENODEV", "ENOENT", "ENOEXEC", "ENOKEY", "ENOLCK", "ENOLINK",
    "ENOMEDIUM", "ENOMEM", "ENOMSG", "ENONET", "ENOPKG", "ENOPROTOOPT", "ENOSPC", "ENOSR", "ENOSTR", "ENOSYS",
    "ENOTBLK", "ENOTCONN", "ENOTDIR", "ENOTEMPTY", "ENOTNAM", "ENOTRECOVERABLE", "ENOTSOCK", "ENOTSUP", "ENOTTY",
    "ENOTUNIQ", "ENXIO", "EOPNOTSUPP", "EOVERFLOW", "EOWNERDEAD", "EPERM", "EPFNOSUPPORT", "EPIPE", "EPROTO",
    "EPROTONOSUPPORT", "EPROTOTYPE", "ERANGE", "EREMCHG", "EREMOTE", "EREMOTEIO", "ERESTART", "ERFKILL", "EROFS",
    "ESHUTDOWN", "ESOCKTNOSUPPORT", "ESPIPE", "ESRCH", "ESRMNT", "ESTALE", "ESTRPIPE", "ETIME", "ETIMEDOUT",
    "ETOOMANYREFS", "ETXTBSY", "EUCLEAN", "EUNATCH", "EUSERS", "EWOULDBLOCK", "EXDEV", "EXFULL",
))  # fmt: skip
