"""The pages of the documentation that are made out of the code and of files elsewhere in the repository."""

from __future__ import annotations

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
FROM_ELSEWHERE = {"index.md": "README.md", "contributing.md": "CONTRIBUTING.md", "changelog.md": "CHANGELOG.md"}
SOURCE = "https://github.com/unitlint/unitlint/blob/main/"
_GENERATED = re.compile(r"^<!-- generated: (\S+) -->$", re.MULTILINE)
_CODE = re.compile(r"\bUL\d{3}\b(?!-)")
_NOT_PROSE = re.compile(r"(^[ ]*(`{3,}).*?^[ ]*\2$|`[^`\n]+`|\[[^\]\n]*\]\([^)\n]*\)|^#.*?$)", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)")


def generated_pages() -> dict[str, str]:
    """Path below docs/ and Markdown of every page that is no file there."""
    from tools.site.rules import rule_pages

    copies = {page: (REPOSITORY / file).read_text(encoding="utf-8") for page, file in FROM_ELSEWHERE.items()}
    return {**copies, **rule_pages()}


def filled(markdown: str) -> str:
    """The page with its generated parts, for which ``<!-- generated: NAME -->`` stands."""
    from tools.site import reference, rules

    parts = {"settings": reference.settings, "command-line": reference.command_line, "fixes": rules.fixes}
    parts["severities"] = rules.severities
    return _GENERATED.sub(lambda found: parts[found[1]](), markdown)


def with_links(page: str, markdown: str) -> str:
    """The page with its links as the site needs them: to pages of the site, else to the file in the repository.

    In the repository a page may link to any file; on the site there are only the pages.
    """
    home = (REPOSITORY / FROM_ELSEWHERE.get(page, f"docs/{page}")).parent
    return _LINK.sub(lambda found: f"]({_target(page, home, found[1])}{found[2] or ''})", markdown)


def with_rules_linked(page: str, markdown: str) -> str:
    """The page where the code of a rule in running text leads to the rule's page."""
    from tools.site.rules import page_name
    from unitlint.rules.rule_set import load_rules

    pages = {rule.code: "../" * page.count("/") + page_name(rule) for rule in load_rules()}
    pieces, end = [], 0
    for found in [*_NOT_PROSE.finditer(markdown), None]:
        prose = markdown[end : found.start() if found else None]
        pieces.append(_CODE.sub(lambda code: f"[{code[0]}]({pages[code[0]]})" if code[0] in pages else code[0], prose))
        if found:
            pieces.append(found[0])
            end = found.end()
    return "".join(pieces)


def _target(page: str, home: Path, link: str) -> str:
    inside = {str(REPOSITORY / file): name for name, file in FROM_ELSEWHERE.items()}
    file = (home / link).resolve()
    if str(file) in inside:
        return "../" * page.count("/") + inside[str(file)]
    docs = REPOSITORY / "docs"
    if file.is_relative_to(docs):
        return "../" * page.count("/") + file.relative_to(docs).as_posix()
    return SOURCE + file.relative_to(REPOSITORY).as_posix()
