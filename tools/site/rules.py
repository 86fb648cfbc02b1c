"""A page for each rule, from its folder, and the index of all of them by category."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

from tools.site import REPOSITORY
from unitlint.report import full
from unitlint.report.rule_page import escaped, render_rule
from unitlint.rules.model import Rule
from unitlint.rules.rule_set import load_rules
from unitlint.testing.rule_cases import cases_of, report_of

CATEGORIES: Mapping[str, str] = {
    "syntax": "The file and its syntax",
    "directives": "Directives and values",
    "load": "What systemd refuses to load",
    "quadlet": "Podman Quadlet",
    "memory": "Memory, OOM killers, CPU and tasks",
    "sandbox": "Sandboxing and privileges",
    "commands": "Commands, users and files",
    "lifecycle": "Start, stop and restart",
    "dependencies": "Dependencies, activation and [Install]",
    "logging": "Logging, the journal and other confs",
    "dropins": "Drop-ins, layout and file names",
}
"""The categories in the order of their codes, as people are told of them."""

SEVERITIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "error": (
        "systemd refuses the unit, or ignores a line that no release understands, or the service cannot start",
        ("UL201", "UL101", "UL103", "UL501"),
    ),
    "warning": (
        "something fails or has no effect at run time, although the unit starts; or only other releases read the line",
        ("UL303", "UL607", "UL110"),
    ),
    "info": ("worth knowing: it may be intended, or the team has to decide", ("UL301", "UL401", "UL606")),
}
"""What each severity of a finding means, with the codes of rules as examples."""

INDEX = "rules/index.md"
_LEGEND = "A comment `# expect: {code}` announces the finding on the line below it.\n"


def page_name(rule: Rule) -> str:
    """Where the page of a rule stands; the links in findings lead there."""
    return f"rules/{rule.code}-{rule.name}.md"


def rule_pages() -> dict[str, str]:
    """Path and Markdown of the index and of every rule's page."""
    rules = load_rules()
    pages = {INDEX: _index(rules)}
    for rule in rules:
        pages[page_name(rule)] = render_rule(rule, "markdown") + "".join(_cases(rule))
    return pages


def fixes() -> str:
    """The table of the rules whose findings can be fixed."""
    rows = "".join(
        f"| [{rule.code} {rule.name}]({page_name(rule)}) | {_first_sentence(rule.details.how_to_fix)} |\n"
        for rule in load_rules()
        if rule.fixable
    )
    return f"| rule | what to do |\n| --- | --- |\n{rows}"


def _first_sentence(text: str) -> str:
    return escaped(re.split(r"(?<=[^.]\w[.])\s", " ".join(text.split()), maxsplit=1)[0])


def by_category() -> dict[str, list[str]]:
    """The paths of the rules' pages under the titles of their categories."""
    rules = load_rules()
    return {
        title: [page_name(rule) for rule in rules if rule.category == category]
        for category, title in CATEGORIES.items()
    }


_HEAD = """# Rules

{count} rules. The page of each explains it, and shows units with the mistake and without it.

| severity | means | examples |
| --- | --- | --- |
{severities}
| profile | reports |
| --- | --- |
| `conform` | what systemd itself refuses, ignores or warns about |
| `default` | also what fails or does nothing at run time |
| `strict` | also what a team has to agree on |

The [settings](../settings.md) choose among them; `--fix` marks rules with [fixes](../fixes.md).

"""
_FILTER = (REPOSITORY / "tools" / "site" / "rule_filter.html").read_text(encoding="utf-8")


def _index(rules: tuple[Rule, ...]) -> str:
    lines = [_HEAD.format(count=len(rules), severities=severities()), _FILTER]
    for category, title in CATEGORIES.items():
        lines.append(
            f"\n## {title}\n\n| rule | what is wrong | severity | profile | fix |\n| --- | --- | --- | --- | --- |\n"
        )
        lines += [_row(rule) for rule in rules if rule.category == category]
    return "".join(lines)


def _row(rule: Rule) -> str:
    page = page_name(rule).removeprefix("rules/")
    cells = (
        f"[{rule.code}]({page}) {rule.name}",
        escaped(rule.details.title),
        rule.severity,
        rule.profile,
        "`--fix`" if rule.fixable else "",
    )
    return f"| {' | '.join(cells)} |\n"


def severities() -> str:
    """The rows of the table of severities: what each means, with examples."""
    rules = {rule.code: rule for rule in load_rules()}
    rows = []
    for severity, (meaning, codes) in SEVERITIES.items():
        named = [rules[code] for code in codes]
        if any(rule.severity != severity for rule in named):
            raise ValueError(f"not of severity {severity}: {codes}")
        rows.append(f"| `{severity}` | {meaning} | {'<br>'.join(f'{rule.code} {rule.name}' for rule in named)} |\n")
    return "".join(rows)


def _folder(rule: Rule) -> str:
    """The rule's folder here: in an installed package the links of its cases are files."""
    return os.path.join(REPOSITORY, "rules", rule.category, f"{rule.code}-{rule.name}")


def _cases(rule: Rule) -> Iterator[str]:
    cases = cases_of(_folder(rule))
    for kind, title in (("bad", "Found here"), ("good", "Silent here")):
        chosen = [case for case in cases if os.path.basename(case).startswith(kind)]
        chosen.sort(key=lambda case: not os.path.basename(case).startswith(f"{kind}."))  # the plain case first
        for number, case in enumerate(chosen):
            if number == 0:
                yield f"\n## {title}\n\n"
                yield _LEGEND.format(code=rule.code) if kind == "bad" else ""
            yield from _case(rule, case, printed=kind == "bad" and number == 0)


def _case(rule: Rule, case: str, *, printed: bool) -> Iterator[str]:
    """The files of a case, and what is printed of it."""
    for path in _files_of(case):
        with open(path, "rb") as file:
            text = file.read().decode("utf-8", "backslashreplace").replace("\0", "\\0")
        yield _block("ini", text, os.path.relpath(path, os.path.dirname(case)).replace(os.sep, "/"))
    if printed:
        report = report_of(rule, case)
        shown = full.render(report._replace(findings=report.findings[:1]), quiet=True, verbose=True)
        yield "\nThis is printed:\n"
        yield _block("text", shown.replace(os.path.dirname(case) + os.sep, ""))


def _files_of(case: str) -> list[str]:
    """The units, drop-ins and confs of a case; the programs and users of a root directory only matter to it."""
    if not os.path.isdir(case):
        return [case]
    found = (os.path.join(top, name) for top, _, names in os.walk(case) for name in names)
    return sorted(path for path in found if os.path.isfile(path) and os.path.getsize(path))


def _block(language: str, text: str, title: str = "") -> str:
    fence = "````" if "```" in text else "```"
    head = f'{fence}{language} title="{title}"' if title else f"{fence}{language}"
    return f"\n{head}\n{text.rstrip()}\n{fence}\n"
