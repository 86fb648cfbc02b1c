"""SystemCallFilter=, SystemCallLog=, SystemCallArchitectures=, SystemCallErrorNumber=."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.likeness import nearest
from unitlint.values.faults import MOST_GUESSES, ignored, take_words, unknown, whole
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.sockets import parse_number
from unitlint.values.words import Word

_MAX_ERRNO = 4095
_KILL_SINCE = 247
_NO_ERRNO = "expected an error name such as EPERM, a number up to 4095, or kill"
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
    return _calls(text, context, with_errno=False)


def syscall_archs(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_syscall_archs."""
    problems: list[ValueProblem] = []
    known = [name for name, since in _ARCHITECTURES.items() if since <= context.release]
    for word in take_words(text, problems):
        if word.text not in known:
            problems.append(unknown(word, "architecture such as native, x86-64 or arm64", known))
    return problems


def syscall_errno(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_syscall_errno: ``kill``, the name of an error or its number, not 0."""
    if not text or (text == "kill" and context.release >= _KILL_SINCE):
        return []
    number = _errno(text, context.release)
    if number is None or number == 0:
        return [ignored(whole(text), _NO_ERRNO, suggestion=_nearest_errno(text))]
    return []


def _calls(text: str, context: ValueContext, *, with_errno: bool) -> list[ValueProblem]:
    problems: list[ValueProblem] = []
    inverted = int(text.startswith("~"))
    for word in take_words(text[inverted:], problems, 0):
        place = Word(word.text, word.start + inverted, word.end + inverted)
        guesses = len(problems) < MOST_GUESSES
        problem = _call_problem(place, bool(inverted), context, with_errno=with_errno, guesses=guesses)
        if problem is not None:
            problems.append(problem)
    return problems


def _call_problem(
    word: Word, inverted: bool, context: ValueContext, *, with_errno: bool, guesses: bool
) -> ValueProblem | None:
    name, colon, code = word.text.partition(":")
    if colon and with_errno:
        after = Word(code, word.start + len(name) + 1, word.end)
        is_kill = code == "kill" and context.release >= _KILL_SINCE
        if not is_kill and _errno(code, context.release) is None:
            return ignored(after, _NO_ERRNO, suggestion=_nearest_errno(code) if guesses else None)
        if not inverted and context.release >= 248:
            return ignored(after, "only a deny list, which begins with ~, can have error numbers")
        word = Word(name, word.start, word.start + len(name))
    if is_known(word.text, context.release):
        return None
    groups, calls = _known()
    since = _since(word.text)
    if since is not None:
        return ignored(word, f"it needs systemd {since} or later")
    if word.text.startswith("@"):
        return unknown(word, "group of system calls such as @system-service", groups, guesses=guesses)
    return unknown(word, "system call such as read, or a group such as @system-service", calls, guesses=guesses)


def is_known(name: str, release: int) -> bool:
    """True for a system call that ``release`` can filter, or an @group of them."""
    since = _since(name)
    return since is not None and release >= since


def _since(name: str) -> int | None:
    """The first release that knows the system call or @group; 0 for the oldest, None if there is none."""
    groups, calls = _known()
    return groups.get(name, calls.get(name))


def _known() -> tuple[dict[str, int], dict[str, int]]:
    if not _cache:
        from unitlint.catalogue import facts

        groups = {group["name"]: group["since"] for group in facts("syscall_groups")}
        _cache.append(({**groups, "@known": KNOWN_SINCE}, facts("known_syscalls")))
    return _cache[0]


KNOWN_SINCE = 248
"""From then on there is a group of all system calls (seccomp-util.c)."""
_cache: list[tuple[dict[str, int], dict[str, int]]] = []


def _errno(text: str, release: int) -> int | None:
    """The number, or 1 for any name, in capitals or not; None for no error."""
    if text.upper() in ERRNO_NAMES:
        return 1
    number = parse_number(text, release)
    return number if number is not None and number <= _MAX_ERRNO else None


def _nearest_errno(text: str) -> str | None:
    return nearest(text, ["kill", *sorted(ERRNO_NAMES)])


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
