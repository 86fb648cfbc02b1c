"""Values that are paths or lists of paths (load-fragment.c)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.finding import Effect
from unitlint.syntax.lines import WHITESPACE
from unitlint.values.faults import (
    MAX_PATH,
    SHORT_EXPANSIONS_SINCE,
    check_path,
    expanded,
    ignored,
    legacy_run,
    path_problem,
    refused,
    tail,
    take_words,
    unknown,
    whole,
)
from unitlint.values.mount_names import mount_problem
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.words import DONT_COALESCE_SEPARATORS, UNQUOTE, Word

_HASHES_SINCE = 246


def namespace_paths(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_namespace_path_strv: ReadWritePaths= and its like, with ``-`` and ``+``."""
    problems: list[ValueProblem] = []
    for word in take_words(text, problems):
        path = expanded(word, context, problems)
        if path is not None:
            bare = word.text.removeprefix("-").removeprefix("+")
            problem = path_problem(tail(word, bare), path.removeprefix("-").removeprefix("+"), context)
            problems.extend(_only(problem))
    return problems


def paths(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_unit_mounts_for, config_parse_unit_path_strv_printf: words, each a path."""
    problems: list[ValueProblem] = []
    for word in take_words(text, problems):
        path = check_path(word, context, problems)
        if path is not None and context.section == "Unit":
            problems.extend(_only(mount_problem(word, path, context)))
    return problems


def colon_separated_paths(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_colon_separated_paths: ExecSearchPath=."""
    problems: list[ValueProblem] = []
    for word in take_words(text, problems, DONT_COALESCE_SEPARATORS, ":"):
        if text:
            check_path(word, context, problems)
    return problems


def single_path(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_ip_filter_bpf_progs, config_parse_path_spec: one path, quotes have no meaning."""
    problems: list[ValueProblem] = []
    if text:
        path = check_path(whole(text), context, problems)
        if path is not None and context.section == "Path":
            problems.extend(_only(mount_problem(whole(text), path, context)))
    return problems


def bpf_program(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_bpf_foreign_program: attach type, colon, path."""
    from unitlint.catalogue import facts

    if not text:
        return []
    kind, colon, path = text.partition(":")
    if not colon or not path:
        return [ignored(whole(text), "expected TYPE:PATH, such as egress:/sys/fs/bpf/filter")]
    problems: list[ValueProblem] = []
    types = facts("bpf_attach_types")
    word = Word(path, len(kind) + 1, len(text))
    if kind in types:
        check_path(word, context, problems)
    elif expanded(word, context, problems) is not None:
        problems.append(unknown(Word(kind, 0, len(kind)), "attach type such as egress or ingress", types))
    return problems


def working_directory(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_working_directory: a path, ``~`` or, after ``-``, one that may be missing."""
    optional = text.startswith("-")
    word = tail(whole(text), text[1:] if optional else text)
    if not text or word.text == "~":
        return []
    problems: list[ValueProblem] = []
    effect: Effect = "ignored" if optional else "refused"
    path = expanded(word, context, problems, effect=effect)
    if path is not None:
        # 256 alone refuses any path there; later releases ask whether the unit has a mount namespace (rule UL267).
        problem = path_problem(word, path, context, effect, api=context.release != 256)
        if problem is None and not optional:
            problem = mount_problem(word, path, context)
        problems.extend(_only(problem))
    return problems


def pid_file(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_pid_file: a relative path counts from /run."""
    problems: list[ValueProblem] = []
    word = whole(text)
    path = expanded(word, context, problems)
    if not text or path is None:
        return problems
    if len(path) > MAX_PATH and context.release >= SHORT_EXPANSIONS_SINCE:
        return [ignored(word, "the path is too long")]
    base = "/run/" if not context.user_manager else "/run/user/1000/"
    absolute = path if path.startswith("/") else base + path
    problem = path_problem(word, absolute, context, "refused", api=context.release <= 255)
    return _only(problem or legacy_run(word, absolute, context))


def root_hash(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_root_hash: a path, or the hash in hexadecimal digits."""
    if not text or text.startswith("/"):
        return []
    word = whole(text)
    digits = text.translate({ord(char): None for char in WHITESPACE})
    if len(digits) % 2 or any(char not in "0123456789abcdefABCDEF" for char in digits):
        return [_hash_problem(word, "expected an absolute path or hexadecimal digits", context)]
    if len(digits) < 32:
        return [_hash_problem(word, "a root hash has at least 32 hexadecimal digits", context)]
    return []


def _hash_problem(word: Word, reason: str, context: ValueContext) -> ValueProblem:
    """The release that brought these directives refuses the unit, and says that it ignores the value."""
    return (refused if context.release == _HASHES_SINCE else ignored)(word, reason)


def root_hash_signature(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_root_hash_sig: a path, or ``base64:`` and the signature."""
    from unitlint.values.credential import is_base64

    if not text or text.startswith("/"):
        return []
    if text.startswith("base64:") and is_base64(text[7:], context.release):
        return []
    return [_hash_problem(whole(text), "expected an absolute path, or base64: with data", context)]


def mount_node(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_mount_node: text with specifiers, no longer than a path can be."""
    problems: list[ValueProblem] = []
    node = expanded(whole(text), context, problems)
    if node is not None and len(node) > MAX_PATH:
        problems.append(ignored(whole(text), "the path is too long"))
    return problems


def security_label(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_selinux_context, …apparmor_profile, …smack_process_label.

    A bad specifier refuses the unit unless ``-`` stands before the label.
    """
    problems: list[ValueProblem] = []
    effect: Effect = "ignored" if text.startswith("-") else "refused"
    expanded(whole(text), context, problems, effect=effect)
    return problems


def temporary_file_systems(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """Words of the form path or path:mount options; the kernel judges the options, and nobody their specifiers."""
    problems: list[ValueProblem] = []
    for word in take_words(text, problems, UNQUOTE):
        name = word.text.partition(":")[0]
        plain = word.end - word.start == len(word.text)
        part = Word(name, word.start, word.start + len(name) if plain else word.end)
        path = expanded(part, context, problems)
        if path is None:
            continue
        problems.extend(_only(path_problem(part, path, context)))
    return problems


GROUPS = (
    "@basic-api", "@anonymous", "@application", "@auxiliary-api", "@common-block",
    "@historical-block", "@network", "@privileged-api", "@security", "@temporary", "@known",
)  # fmt: skip


def restrict_file_systems(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """Names, which systemd does not check here, and groups, which it does."""
    problems: list[ValueProblem] = []
    inverted = int(text.startswith("~"))
    for word in take_words(text[inverted:], problems):
        if word.text.startswith("@") and word.text not in GROUPS:
            place = Word(word.text, word.start + inverted, word.end + inverted)
            problems.append(unknown(place, "group of file systems", GROUPS))
    return problems


def _only(problem: ValueProblem | None) -> list[ValueProblem]:
    return [] if problem is None else [problem]
