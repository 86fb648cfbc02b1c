"""Placeholders in files that are no templates by their name: what an installer or a person was to fill in.

systemd takes such a value as it stands; to object to each of them says nothing that the author does not know.
"""

from __future__ import annotations

from unitlint.base.late_patterns import late_pattern

PLAIN, TERRAFORM = "plain", "terraform"
"""Languages of syntax/template_tokens.py."""
PLACEHOLDER = (
    r"(?<!\w)__[A-Z][A-Z0-9_]*?__(?!\w)|(?<![\w@])(?<!s[/|,#])@@?[A-Za-z_][A-Za-z0-9_]*@@?(?![\w@])"
    r"|%%?[A-Z_][A-Z0-9_]+%%?(?!\w)|(?<![$%{\w])\{[A-Z][A-Z0-9_]*\}(?!\})|(?<![$%{\w\"'])\{[a-z][a-z0-9_]+\}(?=[/\s]|$)"
    r"|\{\{[^{}\n]*\}\}|(?<![\"'\w])<[A-Za-z][A-Za-z0-9_ -]*>(?!\w)|(?<![$\w])\$[A-Z][A-Z0-9_]*\$(?![\w$])"
    r"|(?<=[=/])\[[A-Z][A-Z0-9_ ]{2,}\]"
    r"|(?<![\w-])(?:CHANGE_?ME|REPLACE_?(?:ME|THIS)|[Yy][Oo][Uu][Rr][-_][A-Za-z][A-Za-z0-9_-]*|YOUR[A-Z]{3,}|change-?me"
    r"|yourusername|yourusers?)(?![\w-])"
)
"""What people write in place of a value, each form with something that no unit holds otherwise."""
_DIRECTIVE = late_pattern(r"%\{~?[ \t]*(?:if|for|else|endif|endfor)\b")
_COMPLETE = late_pattern(PLACEHOLDER)
_HINTS = (b"__", b"@", b"%", b"{", b"<", b"$", b"[", b"CHANGE", b"change", b"REPLACE", b"YOUR", b"your", b"Your")
"""One of these stands in every placeholder."""


def language_of(data: bytes, *, is_rendered: bool = False) -> str:
    """The language in which a plain file is to be read: ``plain``, ``terraform``, or "" where it holds no placeholder.

    ``is_rendered`` tells that Terraform's ``templatefile`` names the file, so that ``${name}`` is filled in.
    """
    if is_rendered and b"${" in data:
        return TERRAFORM
    lines = [line for line in data.splitlines() if _may_hold_one(line)]
    for line in lines:
        text = line.decode("utf-8", "replace")
        if "%{" in text and _DIRECTIVE.search(text):
            return TERRAFORM
    return PLAIN if any(_COMPLETE.search(line.decode("utf-8", "replace")) for line in lines) else ""


def _may_hold_one(line: bytes) -> bool:
    bare = line.lstrip()
    if not bare or bare[:1] in b"#;":
        return False
    return any(hint in bare[1:] for hint in _HINTS)
