"""Placeholders in files that are no templates by their name: what an installer or a person was to fill in.

systemd takes such a value as it stands; to object to each of them says nothing that the author does not know.
"""

from __future__ import annotations

from unitlint.base.late_patterns import late_pattern

PLAIN, SHELL, TERRAFORM = "plain", "shell", "terraform"
"""Languages of syntax/template_tokens.py."""
OF_BUILDS = (
    r"%\{[!?]{0,2}_\w+\}"  # %{_bindir}, %{?_isa}
    r"|(?<==)(?:\$\([A-Z][A-Z0-9_]*\)(?=/)|%\([A-Za-z_]\w*\)s)"  # $(DESTDIR)/etc, %(user)s at the beginning of a value
)
"""What the macros of RPM, make and Python's formats look like."""
_WITH_SIGNS = (
    OF_BUILDS,
    r"(?<!\w)__[A-Z][A-Z0-9_]*?__(?=[KMGT]?B?(?!\w)|[A-Z][a-z]\w+=)",  # __USER__, __SIZE__M, __COMMENT__PrivateTmp=
    r"(?<![\w@])(?<!s[/|,#])@@?[A-Za-z_][A-Za-z0-9_]*@@?(?![\w@])",  # @bindir@, but not that of a sed command
    r"%%?[A-Z_][A-Z0-9_]+%%?(?!\w)",  # %USER%, %%USER%%
    r"(?<![$%{A-Za-z_])\{[A-Z][A-Z0-9_]*\}(?!\})",  # {USER}
    r"(?<![$%{\w\"'])\{[a-z][a-z0-9_]+\}(?=[/\s]|$)",  # {user}, as a whole part of a path
    r"\{\{[^{}\n]*\}\}",  # {{ user }}
    r"<%[=-]?[^%\n]*%>",  # <%= user %>, in a file that is not called .erb
    r"<<[A-Za-z][A-Za-z0-9_ -]*>>",  # <<USER>>
    r"(?<![\"'\w])<(?P<tag>[A-Za-z][A-Za-z0-9_ -]*)>(?!\w)(?![^\n]*</(?P=tag)>)",  # <your user>, but no <b>…</b>
    r"(?<=[=\s])</(?![a-z][a-z0-9]*>)[A-Za-z0-9_./-]+>(?!\w)",  # </path/to/app>
    r"##[A-Z][A-Z0-9_]+##",  # ##USER##
    r"(?<![\w$])#\{[A-Za-z_][\w.-]*\}",  # #{user}, as release tools write it
    r"(?<=[=/])\[\[[A-Za-z_]\w*\]\]",  # [[user]]
    r"(?<=[=/])\(\([a-z][\w.-]*\)\)",  # ((user)), as pipelines write it
    r"(?<![\w#])#[A-Z][A-Z0-9_]+#(?![\w#])",  # #SBINDIR#
    r"(?<![$\w])\$[A-Z][A-Z0-9_]*\$(?![\w$])",  # $USER$
    r"(?<=[=/])\[[A-Z][A-Z0-9_ ]{2,}\]",  # [USER]
)
_WITH_WORDS = (
    r"(?<==)(?<!Description=)[A-Z][A-Z0-9_]{2,}(?=/)",  # INSTALL_DIR/bin/app, at the beginning of a value
    r"(?:CHANGE_?ME|change-?me|REPLACE_?(?:ME|THIS))(?![\w-])",
    r"(?:[Yy][Oo][Uu][Rr][-_][A-Za-z][A-Za-z0-9_-]*|YOUR[A-Z]{3,}|yourusername|yourusers?)(?![\w-])",
)
PLACEHOLDER = (
    rf"(?=[%$_@{{<#(\[])(?:{'|'.join(_WITH_SIGNS)})"
    rf"|(?=[A-Zcy])(?<![\w-])(?:{'|'.join(_WITH_WORDS)})"
)
"""What people write in place of a value, each form with something that no unit holds otherwise.

The characters in front are those with which a form begins: at any other one none of the forms is tried.
"""
PLACEHOLDERS = {PLAIN: PLACEHOLDER, SHELL: rf"\$\{{[A-Za-z_]\w*\}}|{PLACEHOLDER}"}
"""By language; ``${NAME}`` is what envsubst and make fill in, where it cannot be meant for systemd."""
_DIRECTIVE = late_pattern(r"%\{~?[ \t]*(?:if|for|else|endif|endfor)\b")
_COMPLETE = late_pattern(PLACEHOLDER)
_SIGNS = tuple(
    (character, beginning, late_pattern(sign))
    for character, beginning, sign in (
        (b"@", b"@", rb"@[A-Za-z_][A-Za-z0-9_]*@"),
        (b"%", b"%", rb"%(?:\{[ \t~a-z_?!]|\([A-Za-z_]|[A-Z_][A-Z0-9_]+%)"),
        (b"$", b"$", rb"\$(?:\{|\([A-Z]|[A-Z][A-Z0-9_]*\$)"),
        (b"{", b"{", rb"\{(?:\{|(?<![$%]\{)[A-Za-z]|(?<=#\{)_)"),
        (b"<", b"<", rb"<[A-Za-z/%]"),
        (b"_", b"__", rb"__[A-Z]"),
        (b"(", b"((", rb"\(\([a-z]"),
        (b"[", b"=[", rb"=\[[\[A-Z]"),
        (b"[", b"/[", rb"/\[[\[A-Z]"),
    )
)
_CAPITALS = bytes.maketrans(b"BCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", b"A" * 36)
_SIGNS_IN_CAPITALS = (
    (b"#", b"#AA", late_pattern(rb"#[A-Z][A-Z0-9_]+#")),
    (b"/", b"AAA/", late_pattern(rb"=[A-Z][A-Z0-9_]{2,}/")),
)
_WORDS = (
    (b"HANGE", (b"HANGEME", b"HANGE_ME", b"HANGE-ME")),
    (b"REPLACE", (b"REPLACEME", b"REPLACE_ME", b"REPLACETHIS", b"REPLACE_THIS")),
    (b"YOUR", (b"YOUR-", b"YOUR_", b"YOURUSER")),
)
"""One of these signs or words is in every placeholder, and in few other files.

A sign is looked for where its beginning stands, in the text or in one with an A for each capital, digit and underscore;
a character is found four times faster than two. So few patterns are compiled for most files. Words are looked for in
capitals, by what several of them have in common.
"""
_TEMPLATE_FOLDERS = frozenset(("template", "templates", "tmpl", "tpl"))
_NO_VARIABLE = late_pattern(rb"(?m)^(?!Exec|Environment)[A-Z][A-Za-z]+=[^\n]*\$\{[A-Za-z_]\w*\}")
_SIGN_BEHIND_START = late_pattern(r"__|[@%{<$\[]|=#|##|\(\(|=[A-Z_0-9]{3,}/|CHANGE|change|REPLACE|YOUR|[yY]our")
"""What a line holds behind its first character if there may be a placeholder in it."""


def may_hold_placeholders(data: bytes) -> bool:
    """False of a plain file of which :func:`language_of` need not be asked, as of most."""
    for text, signs in ((data, _SIGNS), (data.translate(_CAPITALS), _SIGNS_IN_CAPITALS)):
        for character, beginning, sign in signs:
            if character in data and beginning in text and sign.search(data):
                return True
    upper = data.upper()
    for stem, words in _WORDS:  # noqa: SIM110  # any() takes half as long again
        if stem in upper and (b"YOUR" in data or any(map(upper.__contains__, words))):
            return True
    return False


def language_of(data: bytes, *, is_rendered: bool = False) -> str:
    """The language in which a plain file is to be read: ``plain``, ``shell``, ``terraform``, or "".

    ``is_rendered`` tells that Terraform's ``templatefile`` names the file, so that ``${name}`` is filled in.
    """
    if is_rendered and b"${" in data:
        return TERRAFORM
    if b"${" in data and _is_for_envsubst(data):
        return SHELL
    text = data.decode("utf-8", "replace")
    lines = list(filter(_may_hold_one, text.replace("\r", "\n").split("\n")))
    if "%{" in text and any("%{" in line and _DIRECTIVE.search(line) for line in lines):
        return TERRAFORM
    return PLAIN if any(map(_COMPLETE.search, lines)) else ""


def is_among_templates(path: str) -> bool:
    """True of a file in a folder, or below a folder, that is called ``templates`` or the like."""
    return not _TEMPLATE_FOLDERS.isdisjoint(path.replace("\\", "/").split("/")[:-1])


def is_filled_in(data: bytes) -> bool:
    """True where ``${NAME}`` stands as the value of a directive in which systemd expands no variables."""
    return _NO_VARIABLE.search(data) is not None


def _is_for_envsubst(data: bytes) -> bool:
    """Whether ``${NAME}`` begins a program, and the unit shows that it is for the installer.

    It does by a condition that begins with a variable, or by autoconf's names, as in ``${sbindir}/app``. Who takes
    systemd for a shell sets the variable in the unit, or writes it in capitals.
    """
    names = set(_OF_PROGRAM.findall(data))
    if not names or any(name + b"=" in data for name in names):
        return False
    return _NEVER_EXPANDED.search(data) is not None or all(map(_OF_AUTOCONF.fullmatch, names))


_OF_PROGRAM = late_pattern(rb"(?m)^Exec[A-Za-z]+=[-@:+!]*\$\{([A-Za-z_]\w*)\}/")
_OF_AUTOCONF = late_pattern(rb"[a-z]*dir|(?:exec_)?prefix")
_NEVER_EXPANDED = late_pattern(rb"(?m)^(?:Condition|Assert)[A-Za-z]+=[!|]*\$\{")


def _may_hold_one(line: str) -> bool:
    bare = line.lstrip()
    return bare[:1] not in ("", "#", ";") and _SIGN_BEHIND_START.search(bare, 1) is not None
