"""DeviceAllow= (load-fragment.c: config_parse_device_allow)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import UNREADABLE, expanded, ignored, path_problem, whole
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import UNQUOTE, Word, first_word

_GROUPS = ("block-", "char-")


def device_allow(text: str, context: Context) -> Iterable[Problem]:
    """A device node or a group such as char-pts, and the rights r, w and m."""
    if not text:
        return []
    word, at, _ = first_word(text, 0, flags=UNQUOTE)
    if word is None:
        return [ignored(whole(text), UNREADABLE)]
    problems: list[Problem] = []
    node = expanded(word, context, problems)
    if node is None:
        return problems
    if not node.startswith(_GROUPS):
        problem = _node_problem(word, node, context)
        if problem is not None:
            return [problem]
    rights = "" if at is None else text[at:]
    if any(char not in "rwm" for char in rights):
        start = len(text) - len(rights)
        reason = "the rights are letters of rwm"
        cleaned = "".join(char for char in "rwm" if char in rights.lower())
        return [ignored(Word(rights, start, len(text)), reason, suggestion=cleaned or None)]
    return []


def _node_problem(word: Word, node: str, context: Context) -> Problem | None:
    if not node or node.startswith("/"):
        problem = path_problem(word, node, context) if node else None
        if problem is not None:
            return problem
    parts = [part for part in node.split("/") if part not in ("", ".", "..")]
    if node.startswith("/") and (parts[:1] == ["dev"] or parts[:3] == ["run", "systemd", "inaccessible"]):
        return None
    reason = "it is neither a node below /dev nor a group such as char-pts or block-sd"
    return ignored(word, reason, suggestion=_absolute(node))


def _absolute(node: str) -> str | None:
    return "/" + node if node.startswith("dev/") else None
