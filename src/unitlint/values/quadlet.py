"""Values of Quadlet's keys: what Podman refuses, or takes for something else, when the service starts.

A value with a specifier or a variable is only known to systemd, so nothing is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.base.late_patterns import late_pattern
from unitlint.base.likeness import nearest
from unitlint.base.whole_numbers import is_whole_number, number_of_digits
from unitlint.values.problem import ValueContext, ValueProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.problem import Grammar

FAILS = "podman refuses it, and the service fails"
_TRUE, _FALSE = ("1", "yes", "true", "on"), ("0", "no", "false", "off")
_DURATION = late_pattern(r"[+-]?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+|0")
_SIZE = late_pattern(r"[0-9]+(?:\.[0-9]+)? ?(?:[kKmMgGtTpP]?[iI]?[bB]?)")
_NUMBER = late_pattern(r"-?[0-9]+")
_PORTS = late_pattern(r"([0-9]+)(?:-([0-9]+))?")
_PROTOCOLS = ("tcp", "udp", "sctp")
_VOLUME_NAME = late_pattern(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_HIGHEST_PORT = 65535


def flag(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """A boolean: whatever is not one of the four words for yes means no (unitfile.go: LookupBoolean)."""
    if _is_open(text) or text.lower() in (*_TRUE, *_FALSE):
        return ()
    reason = "write yes or no; podman reads everything but yes, true, on and 1 as no"
    return (
        ValueProblem("ignored", 0, len(text), reason, suggestion=nearest(text.lower(), ("true", "false", "yes", "no"))),
    )


def notify(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """A boolean or ``healthy``."""
    return () if text.lower() == "healthy" else flag(text, context)


def _one_of(*words: str) -> Grammar:
    def grammar(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
        if _is_open(text) or text in words:
            return ()
        return (_refused(text, f"accepted: {', '.join(words)}; {FAILS}", nearest(text, words)),)

    return grammar


pull = _one_of("always", "missing", "never", "newer")
build_pull = _one_of("always", "missing", "never", "newer", "true", "false")
cgroups = _one_of("enabled", "disabled", "no-conmon", "split")
health_action = _one_of("none", "kill", "restart", "stop")
exit_policy = _one_of("continue", "stop")
exit_code = _one_of("all", "any", "none")
update = _one_of("registry", "local", "image", "disabled")


def kube_update(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """What a container's is, with the container's name before a slash where only one is meant."""
    for word in re.finditer(r"\S+", text):
        policy = word[0].rpartition("/")[2]
        for one in update(policy, context):
            yield one._replace(start=word.end() - len(policy), end=word.end())


def duration(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """A time as Go writes it: every number has a unit, and that is s, m or h."""
    if _is_open(text) or _DURATION.fullmatch(text) or (context.directive == "HealthInterval" and text == "disable"):
        return ()
    if is_whole_number(text):
        return (_refused(text, f"expected a duration with a unit, such as 30s; {FAILS}", f"{text}s"),)
    return (_refused(text, f"expected a duration such as 90s, 5m or 1h30m; {FAILS}", _as_go(text)),)


def _as_go(text: str) -> str | None:
    plain = re.sub(r"(?<=\d)\s*(?:min|minutes?)(?![a-z])", "m", text.replace(" ", ""))
    plain = re.sub(r"(?<=\d)(?:sec|seconds?)(?![a-z])", "s", plain)
    plain = re.sub(r"(?<=\d)(?:hr|hours?)(?![a-z])", "h", plain)
    return plain if _DURATION.fullmatch(plain) else None


def size(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """A number of bytes, or of k, m, g or t."""
    if _is_open(text) or _SIZE.fullmatch(text):
        return ()
    return (_refused(text, f"expected a size such as 512m or 2g; {FAILS}"),)


def number(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """A whole number; -1 often stands for no limit."""
    if _is_open(text) or _NUMBER.fullmatch(text):
        return ()
    return (_refused(text, f"expected a whole number such as 10; {FAILS}", _without_unit(text)),)


def _without_unit(text: str) -> str | None:
    """``10`` of ``10s``."""
    digits = text.removesuffix("s")
    return digits if digits != text and is_whole_number(digits) else None


def signal(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """A signal, with or without SIG, in letters of either case."""
    from unitlint.values.choice import is_signal

    return (
        ()
        if _is_open(text) or is_signal(text.upper())
        else (_refused(text, f"expected a signal such as SIGTERM; {FAILS}"),)
    )


def port(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """``[[address:][host]:]container[/protocol]``, where both ports may be ranges."""
    if _is_open(text):
        return ()
    plain, slash, protocol = text.partition("/")
    if slash and protocol not in _PROTOCOLS:
        return (_refused(text, f"expected tcp, udp or sctp; {FAILS}", nearest(protocol, _PROTOCOLS), len(plain) + 1),)
    address = re.match(r"\[[^\]]*\]:", plain)
    rest = plain[address.end() :] if address else plain
    parts = rest.split(":")
    if len(parts) > (2 if address else 3):
        return (_refused(text, f"expected a port such as 8080, 80:8080 or 127.0.0.1:80:8080; {FAILS}"),)
    return tuple(_bad_ports(text, parts[-2:] if len(parts) > 1 else parts))


def _bad_ports(text: str, parts: list[str]) -> Iterable[ValueProblem]:
    for part in parts[:-1]:
        if part and not _is_range(part):
            yield _refused(text, f"`{part}` is not a port of the host; write one from 1 to 65535; {FAILS}")
    if not _is_range(parts[-1]):
        yield _refused(text, f"`{parts[-1]}` is not a port of the container; write one from 1 to 65535; {FAILS}")


def exposed_port(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """A port or a range of them, for tcp or udp."""
    if _is_open(text) or _is_range(text.strip().partition("/")[0]):
        return ()
    return (_refused(text, "expected a port such as 8080; Podman's generator creates no service from the file"),)


def _is_range(text: str) -> bool:
    found = _PORTS.fullmatch(text)
    return found is not None and all(0 < number_of_digits(port) <= _HIGHEST_PORT for port in found.groups() if port)


def volume(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """``[source:]target[:options]``: the source is a path, a volume's name or a .volume file."""
    parts = text.split(":")
    source, target = (parts[0], parts[1]) if len(parts) > 1 else ("", parts[0])
    if not _is_open(target) and not target.startswith("/"):
        start = len(source) + 1 if len(parts) > 1 else 0
        yield _refused(
            text,
            f"write an absolute path in the container, such as data:/data; {FAILS}",
            None,
            start,
            start + len(target),
        )
    if _is_open(source) or not source or source[0] in "/.":
        return
    if source.startswith("~"):
        reason = f"~ is not expanded here, write %h for the home directory; {FAILS}"
        yield _refused(text, reason, f"%h{source[1:]}" if source[1:2] in ("", "/") else None, 0, len(source))
    elif "/" in source:
        reason = f"expected the name of a volume, or a path that begins with / or ./; {FAILS}"
        yield _refused(text, reason, f"./{source}", 0, len(source))
    elif not source.endswith(".volume") and not _VOLUME_NAME.fullmatch(source):
        yield _refused(text, f"this is not a valid name of a volume; {FAILS}", None, 0, len(source))


_OF_SECRETS = ("type", "target", "mode", "uid", "gid", "source", "UID", "GID")
_OF_MOUNTED_SECRETS = ("mode", "uid", "gid", "UID", "GID")


def secret(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """``name[,option=value…]`` (specgenutil: parseSecrets); of several words in a line each is a secret."""
    for word in re.finditer(r"\S+", text) if not _is_open(text) and '"' not in text else ():
        options = [part.partition("=") for part in word[0].split(",")]
        start = word.start()
        is_variable = ("type", "=", "env") in options
        for number, (name, equals, value) in enumerate(options):
            end = start + len(name) + len(equals) + len(value)
            reason = ""
            if number > 0 and not equals:
                reason = "options of a secret have the form option=value"
            elif equals and name not in _OF_SECRETS:
                reason = f"accepted: {', '.join(_OF_SECRETS[:6])}"
            elif name == "type" and value not in ("mount", "env"):
                reason = "write type=env for a variable or type=mount for a file"
            elif is_variable and name in _OF_MOUNTED_SECRETS:
                reason = "a secret of type=env is not a file, and has no mode and no owner"
            if reason:
                yield _refused(text, f"{reason}; {FAILS}", None, start, end)
            start = end + 1


def pod(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """The name of a .pod file (quadlet.go: handlePod)."""
    if not text or text.endswith(".pod"):
        return ()
    reason = "expected the name of a .pod file; Podman's generator creates no service from the file"
    return (_refused(text, reason, f"{text}.pod"),)


def ipv4(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """An IPv4 address."""
    return _address(text, 4)


def ipv6(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """An IPv6 address."""
    return _address(text, 6)


def gateway(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """An address of either family."""
    return _address(text, None)


def _address(text: str, version: int | None) -> Iterable[ValueProblem]:
    import ipaddress

    if _is_open(text):
        return ()
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return (_refused(text, f"expected an IP address such as 10.88.0.5; {FAILS}"),)
    return () if version in (None, found.version) else (_refused(text, f"expected an IPv{version} address; {FAILS}"),)


def subnet(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """An address and the length of its prefix."""
    import ipaddress

    try:
        if not _is_open(text):
            ipaddress.ip_network(text, strict=False)
    except ValueError:
        return (_refused(text, f"expected a subnet such as 10.89.0.0/24; {FAILS}"),)
    return (
        ()
        if _is_open(text) or "/" in text
        else (_refused(text, f"expected an address and a prefix length, such as 10.89.0.0/24; {FAILS}"),)
    )


def capability(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """Names of capabilities with or without CAP_, in letters of either case, or ALL."""
    from unitlint.catalogue import facts

    known = {str(one["name"]) for one in facts("capabilities")}
    for word in re.finditer(r"\S+", text):
        name = word[0].upper()
        name = name if name.startswith("CAP_") else f"CAP_{name}"
        if name != "CAP_ALL" and name not in known and not _is_open(name):
            yield _refused(
                text, f"expected a capability such as CAP_NET_ADMIN; {FAILS}", nearest(name, known), *word.span()
            )


def deprecated(_text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """Keys that Podman would like to be rid of."""
    instead = "Tmpfs=" if context.directive == "VolatileTmp" else "UserNS=, UIDMap= and GIDMap="
    reason = f"Podman recommends {instead} instead"
    return (ValueProblem("warned", 0, 0, reason, "deprecated-directive", help=f"Write {instead} instead."),)


def _refused(
    text: str, reason: str, suggestion: str | None = None, start: int = 0, end: int | None = None
) -> ValueProblem:
    return ValueProblem("refused", start, len(text) if end is None else end, reason, suggestion=suggestion)


def _is_open(text: str) -> bool:
    """True of what is unset, or known only when the service starts."""
    return not text or "%" in text or "$" in text
