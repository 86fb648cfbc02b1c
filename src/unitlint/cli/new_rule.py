"""`unitlint new-rule`."""

from __future__ import annotations

import os
import sys

from unitlint.catalogue import UNIT_TYPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator, Sequence

    from unitlint.rules.model import Rule

FIRST_CODE = "OWN001"

SERVICE = """
[Service]
ExecStart=/usr/bin/true
"""
RULE = """\
code: {code}
name: {name}
{title}severity: warning            # error | warning | info
{more}profile: default             # default | strict
applies-to: [{type}]{pad}# unit types, conf, or all
message: "{{unit}} has no Documentation="
why: |
  What goes wrong at run time, and what a person sees of it.
how-to-fix: |
  What to write instead. The first sentence is shown below each finding.
match:                       # what is wrong; every word: https://unitlint.readthedocs.io/rule-yaml
  Unit.Documentation: {{set: false}}
"""
TITLE_OF_BUILT_IN = "title: What is wrong, as a short sentence without a full stop\n"
FOR_BUILT_IN = """\
category: {category}
confidence: high             # how sure a finding is: high | medium | low
references: []               # man pages, such as systemd.service(5)
"""
BAD = """\
# The smallest unit that breaks the rule. The comment announces a finding on the line below it.
# expect: {code}
[Unit]
Description=An example without documentation
{body}"""
GOOD = """\
# A similar unit without the mistake. Nothing must be found in it.
[Unit]
Description=An example with documentation
Documentation=https://wiki.example.org/true
{body}"""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint new-rule`."""
    parser.add_argument("name", metavar="NAME", help="what is wrong, such as service-runs-as-root")
    parser.add_argument(
        "--into", metavar="DIR", help="the directory of your rules (default: the first one in the settings)"
    )
    parser.add_argument("--code", help="the code, such as ACME001 (default: one above the highest in the directory)")
    parser.add_argument(
        "--type", choices=UNIT_TYPES, default="service", help="the unit type of its cases (default: service)"
    )
    parser.add_argument("--config", metavar="FILE", help="read the settings from this file")


def main(arguments: Namespace) -> int:
    """Writes rule.yaml, a bad and a good case, and says what to do next; existing files stay as they are."""
    from unitlint.base.errors import UnitlintError
    from unitlint.base.real_path import leaves_repository
    from unitlint.rules.cache import load_folder
    from unitlint.rules.folders import is_built_in, rule_files
    from unitlint.rules.rule_set import load_rules

    folder, is_set = _folder(arguments)
    if leaves_repository(os.path.abspath(folder)):
        raise UnitlintError("is a link that leads out of its repository; nothing was written", folder)
    before = load_folder(folder) if os.path.isdir(folder) and rule_files(folder) else []
    built_in = is_built_in(folder)
    code = arguments.code or _next_code(before)
    _check(code, arguments.name, load_rules() if built_in else [*load_rules(), *before], built_in=built_in)
    home = os.path.join(folder, f"{code}-{arguments.name}")
    category = os.path.basename(os.path.abspath(folder)) if built_in else ""
    files = list(_files(code, arguments.name, arguments.type, category))
    try:
        os.makedirs(home)
        for file, text in files:
            with open(os.path.join(home, file), "x", encoding="utf-8") as written:
                written.write(text)
    except FileExistsError as error:
        raise UnitlintError("exists already; nothing was written", str(error.filename)) from None
    except OSError as error:
        raise UnitlintError(f"cannot be written: {error.strerror}", str(error.filename)) from None
    sys.stdout.write(_next_steps(home, folder, arguments.type, is_set=is_set or built_in))
    return 0


def _folder(arguments: Namespace) -> tuple[str, bool]:
    """Where the rule goes, and whether the settings name that folder."""
    from unitlint.base.errors import UnitlintError
    from unitlint.settings import files

    settings = files.load(arguments.config) if arguments.config else files.find(".")
    if arguments.into is None:
        if not settings.rules:
            raise UnitlintError("where to?", hint='say --into unit-rules, and rules = ["unit-rules"] in the settings')
        return settings.rules[0], True
    known = [os.path.realpath(known_folder) for known_folder in settings.rules]
    return arguments.into, os.path.realpath(arguments.into) in known


def _next_code(rules: Sequence[Rule]) -> str:
    if not rules:
        return FIRST_CODE
    last = max((rule.code for rule in rules), key=lambda code: (code.rstrip("0123456789"), code))
    prefix = last.rstrip("0123456789")
    digits = last[len(prefix) :]
    return f"{prefix}{int(digits) + 1:0{len(digits)}}"


def _check(code: str, name: str, rules: Iterable[Rule], *, built_in: bool) -> None:
    """Raises UnitlintError where the code or the name cannot be that of a new rule."""
    from unitlint.base.errors import UnitlintError
    from unitlint.rules.custom import fault_of_built_in_code, fault_of_code, fault_of_name

    code_fault = fault_of_built_in_code(code) if built_in else fault_of_code(code)
    for word, fault in ((code, code_fault), (name, fault_of_name(name))):
        if fault is not None:
            raise UnitlintError(fault[0], hint=fault[1])
        for rule in rules:
            if word in (rule.code, rule.name):
                raise UnitlintError(f"`{word}` is taken by {rule.code}-{rule.name} ({rule.file or 'built in'})")


def _files(code: str, name: str, unit_type: str, category: str) -> Iterator[tuple[str, str]]:
    """The files of a rule with their texts; ``category`` is empty for a rule that is not built in."""
    body = SERVICE if unit_type == "service" else ""
    more = FOR_BUILT_IN.format(category=category) if category else ""
    title = TITLE_OF_BUILT_IN if category else ""
    pad = " " * (15 - len(unit_type))
    yield "rule.yaml", RULE.format(code=code, name=name, title=title, type=unit_type, pad=pad, more=more)
    yield f"bad.{unit_type}", BAD.format(code=code, body=body)
    yield f"good.{unit_type}", GOOD.format(body=body)


def _next_steps(home: str, folder: str, unit_type: str, *, is_set: bool) -> str:
    from unitlint.base.foreign_text import safe

    lines = [
        f"Wrote {os.path.join(home, 'rule.yaml')}, with bad.{unit_type} and good.{unit_type} beside it.",
        f"Edit them, then run: unitlint test-rules {folder}",
    ]
    if not is_set:
        lines.append(
            f'To enable the rule, set rules = ["{folder}"] in the settings (unitlint.toml, or [tool.unitlint]).'
        )
    return "".join(f"{safe(line)}\n" for line in lines)
