"""What the grammars of compound values share: problems at a word, paths, the nearest spelling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from unitlint.base.finding import Effect
from unitlint.syntax.lines import WHITESPACE
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.specifiers import BAD_SPECIFIER, FULL, expand
from unitlint.values.words import UNQUOTE, Word, read_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UNCLOSED = "a quote is not closed"
UNREADABLE = f"{UNCLOSED}, or an escape sequence is unknown"
MAX_PATH = 4095
_MAX_NAME = 255
_NAMES_SINCE = 248
SHORT_EXPANSIONS_SINCE = 249
"""From then on specifiers in a path are not expanded to more than a path can hold (unit-printf.c)."""
_API_FILE_SYSTEMS = ("/dev", "/proc", "/sys")
ROOT_IS_TOP_SINCE = 255
"""From then on path_simplify() takes /../a for /a."""
LEGACY_RUN_SINCE = 242
LEGACY_PID_FILE_SINCE = 240
LEGACY_RUN_SILENT = (247, 252, 254)
"""The releases that were measured as Debian builds them, which silences the words on /var/run."""
FATAL_UNTIL = 246
"""Until then a few directives refuse the unit over values that later releases ignore."""


def ignored(word: Word, reason: str, kind: str = "invalid-value", suggestion: str | None = None) -> ValueProblem:
    """systemd drops this word, or the assignment from here on."""
    return ValueProblem("ignored", word.start, word.end, reason, kind, suggestion)


def fatal_once(word: Word, reason: str, release: int, suggestion: str | None = None) -> ValueProblem:
    """Refused until FATAL_UNTIL, ignored since."""
    make = refused if release <= FATAL_UNTIL else ignored
    return make(word, reason, suggestion=suggestion)


def refused(word: Word, reason: str, kind: str = "invalid-value", suggestion: str | None = None) -> ValueProblem:
    """systemd does not load the unit."""
    return ValueProblem("refused", word.start, word.end, reason, kind, suggestion)


def warned(word: Word, reason: str, kind: str = "invalid-value", suggestion: str | None = None) -> ValueProblem:
    """systemd takes the word, but speaks of it."""
    return ValueProblem("warned", word.start, word.end, reason, kind, suggestion)


def whole(text: str) -> Word:
    """The value as one word."""
    return Word(text, 0, len(text))


def tail(word: Word, text: str) -> Word:
    """``word`` with ``text``, its end, as the text, and with the place narrowed to it."""
    plain = word.end - word.start == len(word.text)
    return Word(text, word.end - len(text) if plain else word.start, word.end)


def take_words(
    text: str,
    problems: list[ValueProblem],
    flags: int = UNQUOTE,
    separators: str = WHITESPACE,
    effect: Effect = "ignored",
) -> Iterator[Word]:
    """Yield the words of ``text``; what makes it unreadable becomes a problem."""
    words, failure = read_words(text, separators, flags)
    yield from words
    if failure is not None:
        problems.append(ValueProblem(effect, failure.at, len(text), UNREADABLE))


def expanded(
    word: Word, context: ValueContext, problems: list[ValueProblem], where: str = FULL, effect: Effect = "ignored"
) -> str | None:
    """The word with its specifiers expanded; a problem and None where systemd cannot."""
    text = expand(word.text, context, where)
    if text is None:
        problems.append(ValueProblem(effect, word.start, word.end, BAD_SPECIFIER, "bad-specifier"))
    return text


def path_problem(
    word: Word,
    path: str,
    context: ValueContext,
    effect: Effect = "ignored",
    *,
    absolute: bool = True,
    api: bool = True,
) -> ValueProblem | None:
    """What path_simplify_and_warn says of ``path``, the expanded text of ``word``.

    ``absolute`` False demands a relative path; ``api`` False forbids /dev, /proc and /sys.
    """

    def problem(reason: str, kind: str = "invalid-value", suggestion: str | None = None) -> ValueProblem:
        return ValueProblem(effect, word.start, word.end, reason, kind, suggestion)

    if not is_utf8(path):
        return problem("the path is not UTF-8")
    if absolute and not path.startswith("/"):
        home = "%h" + path[1:] if path.startswith("~/") and word.text == path else None
        return problem("write an absolute path such as /srv/app", "relative-path", home)
    if not absolute and path.startswith("/"):
        return problem(
            "expected a name such as app; systemd adds the base directory, such as /var/lib",
            suggestion=_below_base(path),
        )
    parts = path_parts(path, context.release)
    if not path or is_too_long(path, context.release):
        return problem("the path is empty or too long")
    if ".." in parts:
        return problem("the path must not contain `..`")
    if not api and parts and "/" + parts[0] in _API_FILE_SYSTEMS:
        return problem("a path below /dev, /proc or /sys is not allowed here")
    return None


def check_path(word: Word, context: ValueContext, problems: list[ValueProblem]) -> str | None:
    """Append to ``problems`` what systemd says of a word that is a path; the path, expanded, where it takes it."""
    path = expanded(word, context, problems)
    problem = None if path is None else path_problem(word, path, context)
    if problem is None:
        return path
    problems.append(problem)
    return None


def is_utf8(text: str) -> bool:
    """False where escapes stand for bytes that are no characters."""
    return text.isascii() or not any("\udc80" <= char <= "\udcff" for char in text)


def path_parts(path: str, release: int) -> list[str]:
    """The names in a path, without empty ones and dots, and ``..`` at the root where that is passed over.

    (path-util.c: path_simplify)
    """
    parts = [part for part in path.split("/") if part not in ("", ".")]
    while release >= ROOT_IS_TOP_SINCE and path.startswith("/") and parts[:1] == [".."]:
        del parts[0]
    return parts


def is_too_long(path: str, release: int) -> bool:
    """True where the path or, since 248, a name in it is longer than the kernel takes (path_is_valid)."""
    if len(path) <= _MAX_NAME:
        return False
    if len(path) > MAX_PATH:
        return True
    return release >= _NAMES_SINCE and any(len(part) > _MAX_NAME for part in path.split("/"))


WITHOUT_MANAGED_OOM = ("Socket", "Mount", "Swap")
"""The sections of units that systemd-oomd does not look after (unit.c: can_set_managed_oom)."""


def without_managed_oom(text: str, context: ValueContext) -> tuple[ValueProblem, ...]:
    """The words on ManagedOOMSwap= and its like, whatever their value, in units that have no use for them."""
    if context.section not in WITHOUT_MANAGED_OOM:
        return ()
    return (ignored(whole(text), "systemd-oomd looks after services, scopes and slices only"),)


def _below_base(path: str) -> str | None:
    for base in ("/var/lib/", "/var/cache/", "/var/log/", "/run/", "/etc/", "/var/run/"):
        if path.startswith(base) and len(path) > len(base):
            return path[len(base) :]
    return None


def legacy_run(word: Word, path: str, context: ValueContext) -> ValueProblem | None:
    """The word on a path below /var/run (load-fragment.c: patch_var_run)."""
    parts = path_parts(path, context.release)
    since = LEGACY_PID_FILE_SINCE if context.directive == "PIDFile" else LEGACY_RUN_SINCE
    is_silent = context.release < since or context.release in LEGACY_RUN_SILENT
    if is_silent or not path.startswith("/") or parts[:2] != ["var", "run"]:
        return None
    suggestion = word.text.replace("/var/run/", "/run/", 1) if "/var/run/" in word.text and parts[2:] else None
    reason = "/var/run is the old name of /run; systemd uses the path below /run"
    return warned(word, reason, "legacy-path", suggestion)


def names_at(table: Sequence[Any], release: int) -> list[str]:
    """The names of a table of facts that ``release`` knows."""
    return [
        entry if isinstance(entry, str) else entry["name"]
        for entry in table
        if isinstance(entry, str) or ((entry.get("since") or 0) <= release < (entry.get("removed_in") or 9999))
    ]


FEW = 14
"""So many names are listed in a message."""


MOST_GUESSES = 20
"""After so many problems in one value nobody is told what another word may mean, which takes the longest."""


def unknown(
    word: Word, what: str, candidates: Iterable[str], prefix: str = "", *, guesses: bool = True
) -> ValueProblem:
    """An ``ignored`` problem for a name that is not among ``candidates``; a few of these are listed.

    With ``guesses`` the nearest of them is suggested.
    """
    names = list(candidates)
    close = None
    if guesses:
        from unitlint.values.meant import meant

        close = meant(word.text, names)
    article = "an" if what[0] in "aeiou" else "a"
    reason = f"expected {article} {what}" + (f": {', '.join(names)}" if len(names) <= FEW else "")
    return ignored(word, reason, suggestion=None if close is None else prefix + close)
