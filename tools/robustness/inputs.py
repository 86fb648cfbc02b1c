"""Made-up inputs, a function a kind: whole files of bytes, changed units, values, YAML, templates, settings, logs."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from tools.fuzz.mutate import VALUES, mutant
from tools.robustness.sweep import SHAPES, TYPES, places

REPOSITORY = Path(__file__).parents[2]
UNIT_SUFFIXES = (".service", ".socket", ".timer", ".path", ".mount", ".slice", ".container", ".volume", ".conf")
ODD_BYTES = (
    b"\0", b"\r", b"\n", b"\\", b"\\\n", b"=", b"[", b"]", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"%",
    b'"',
    b"'", b"#", b";", b"${", b"{{", b"}}", b"{%", b"<%", b"@", b"9" * 4301, "²".encode(), b" " * 300, b"[Service]\n",
)  # fmt: skip
ODD_WORDS = (
    "²", "٣", "9" * 4301, "-1", "1e999", "\ud800", "\udcff", "\x1b[2J", "null", "~", "[]", "{}", "!!binary x", "&a",
    "*a",
    "<<", "|", ">-", "0x" + "f" * 40, "1_000", "NaN", "a" * 3000, "::error::x", "%s", "../" * 40, "/dev/zero",
    "(?:){99}",
    "((a+)+)+$", "*a*a*a*a*a*a*b", "!", "a\\", "[", "**", "/", "", " ", "\n", "\t", "\r\n", "UL101", "ALL", "ul1",
)  # fmt: skip


class Input(NamedTuple):
    """A text to be read as a file of this name; the kind says by what."""

    kind: str
    name: str
    data: bytes


Maker = Callable[[Random], Input]


@lru_cache(maxsize=1)
def units() -> tuple[tuple[str, bytes], ...]:
    """Units to begin with, by name: the examples, and the cases of all rules."""
    found = []
    for folder in ("examples", "rules"):
        for path in sorted((REPOSITORY / folder).rglob("*")):
            if path.suffix in UNIT_SUFFIXES and path.is_file() and path.stat().st_size < 8000:
                name = path.name if path.suffix != ".conf" else f"{path.parent.name}/{path.name}"
                found.append((name, path.read_bytes()))
    return tuple(found)


@lru_cache(maxsize=8)
def texts(folder: str, suffix: str) -> tuple[str, ...]:
    """The files of a folder of the repository with this suffix."""
    paths = sorted((REPOSITORY / folder).rglob(f"*{suffix}"))
    return tuple(path.read_text("utf-8", "replace") for path in paths if path.stat().st_size < 30_000)


def of_bytes(random: Random) -> Input:
    """A unit with some of its bytes exchanged, or nothing but bytes."""
    name, data = random.choice(units())
    if random.random() < 0.1:
        return Input("unit", name, bytes(random.choice((random.randrange(256), 10, 61, 91)) for _ in range(200)))
    return Input("unit", name, _broken(data, random))


def of_structure(random: Random) -> Input:
    """A unit with lines, sections, names and values changed."""
    name, data = random.choice(units())
    text = mutant(data.decode("utf-8", "surrogateescape"), {}, random, (*VALUES, *ODD_WORDS))
    return Input("unit", name, text.encode("utf-8", "surrogatepass" if "\ud800" in text else "surrogateescape"))


@lru_cache(maxsize=1)
def _places() -> tuple[object, ...]:
    return tuple(places())


def of_values(random: Random) -> Input:
    """A directive with a value of some shape, or with values that are meant for others."""
    place = random.choice(_places())
    if random.random() < 0.3:
        lines = random.choice(list(SHAPES.values()))(place, random.choice((10, 100, 1000, 4000)))  # type: ignore[arg-type]
    else:
        pieces = random.choices((*VALUES, *ODD_WORDS), k=random.randint(1, 4))
        lines = f"{place.directive}={random.choice(('', ' ', ':', ',', '='))}".join(["", "".join(pieces)])  # type: ignore[attr-defined]
    return Input("unit", place.file, place.text(lines).encode("utf-8", "surrogatepass"))  # type: ignore[attr-defined]


def of_yaml(random: Random) -> Input:
    """A unit in cloud-config, Kubernetes, Ansible or a workflow, and then changed."""
    _, data = random.choice(units())
    unit = data.decode("utf-8", "replace").replace("\n", "\n      ")
    frame = random.choice(_YAML)
    text = frame.replace("UNIT", unit if random.random() < 0.7 else repr(data.decode("utf-8", "replace")))
    return Input("unit", random.choice(("c.yaml", "c.yml", "user-data", "c.json")), _broken(text.encode(), random))


_YAML = (
    "#cloud-config\nwrite_files:\n  - path: /etc/systemd/system/a.service\n    content: |\n      UNIT\n",
    "- copy:\n    dest: /etc/systemd/system/a.service\n    content: |\n      UNIT\n",
    "storage: {}\nsystemd:\n  units:\n  - name: a.service\n    contents: |\n      UNIT\n",
    "spec:\n  files:\n  - path: /etc/systemd/system/x.service\n    content: >-\n      UNIT\n",
    '{"systemd": {"units": [{"name": "a.service", "contents": UNIT}]}}',
)


def of_templates(random: Random) -> Input:
    """A unit with placeholders and branches of several languages."""
    name, data = random.choice(units())
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(_PLACEHOLDERS) + text[at + random.randint(0, 5) :]
    name += random.choice((".j2", ".in", ".erb", ".epp", ".tmpl", ".template", ".ctmpl", ".tftpl", ""))
    return Input("unit", name.rpartition("/")[2], _broken(text.encode("utf-8", "surrogateescape"), random, odds=0.3))


_PLACEHOLDERS = (
    "{{ x }}", "{% if a %}\n", "{% endif %}\n", "{% for x in y %}", "{% endfor %}", "{% else %}\n", "@X@", "${X}", "${",
    "<%= x %>", "<% if x %>\n", "<% end %>\n", "{#", "#}", "{{", "}}", "{{- if .X }}\n", "{{ end }}\n", "%{ if x }",
    "%{ endif }",
    "{% raw %}", "{% endraw %}", "{{ '{{' }}", "$X", "@@", "{%" * 50, "{{ a" * 50,
)  # fmt: skip


def of_settings(random: Random) -> Input:
    """A settings file."""
    name = random.choice(("unitlint.toml", ".unitlint.toml", "pyproject.toml", "setup.cfg", "tox.ini"))
    head = {"pyproject.toml": "[tool.unitlint]\n", "setup.cfg": "[unitlint]\n", "tox.ini": "[unitlint]\n"}.get(name, "")
    lines = [f"{random.choice(_KEYS)} = {_setting(random, name.endswith('toml'))}" for _ in range(random.randint(1, 3))]
    if random.random() < 0.3:
        lines.append(
            f"[{random.choice(('rule.UL301', 'rule.UL733', 'unitlint.rule.UL301', 'tool', 'x', 'templates'))}]"
        )
        lines.append(f"{random.choice(('threshold', 'x', 'severity'))} = {_setting(random, name.endswith('toml'))}")
    text = head + "\n".join(lines) + "\n"
    return Input("settings", name, _broken(text.encode("utf-8", "surrogatepass"), random, odds=0.3))


_KEYS = (
    "profile", "select", "extend-select", "ignore", "exclude", "per-file-ignores", "templates", "systemd-version",
    "root",
    "baseline", "rules", "plugins", "fail-on", "respect-gitignore", "ignore-comments", "nope", "rule",
)  # fmt: skip


def _setting(random: Random, is_toml: bool) -> str:  # noqa: FBT001
    word = random.choice(
        (*ODD_WORDS, "strict", "252", "239..262", "UL101", "*.service", "warning", "debian-12", "true")
    )
    if not is_toml or random.random() < 0.2:
        return word
    quoted = '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
    return random.choice(
        (quoted, f"[{quoted}]", f"{{{quoted} = [{quoted}]}}", f"{{{quoted} = {quoted}}}", word, "[" * 900)
    )


def of_json(kind: str, seed: str) -> Maker:
    """A baseline or a policy."""

    def make(random: Random) -> Input:
        text = seed
        for _ in range(random.randint(0, 3)):
            at = random.randrange(len(text) + 1)
            piece = random.choice(
                (*ODD_WORDS, '"', "{", "}", "[", "]", ":", ",", "[" * 3000, '{"a":' * 3000, "1" * 5000)
            )
            text = text[:at] + piece + text[at + random.randint(0, 6) :]
        return Input(kind, "x.json", text.encode("utf-8", "surrogatepass"))

    return make


def of_diffs(random: Random) -> Input:
    """What git diff prints."""
    lines = []
    for _ in range(random.randint(1, 12)):
        lines.append(random.choice(_DIFF).replace("N", random.choice(("1", "0", "9" * 4301, "7", "")), 2))
    return Input("diff", "x.diff", _broken("\n".join(lines).encode(), random))


_DIFF = (
    "diff --git a/x.service b/x.service", 'diff --git "a/\\303\\244" "b/\\303\\244"', "--- a/x", "+++ b/x",
    '+++ "b/\\777\\9"',
    "@@ -N,N +N,N @@", "@@ -N +N @@ x", "+a", "-b", " c", "\\ No newline at end of file", "new file mode 100644",
    "+++ /dev/null",
    "rename from x", "Binary files differ", "@@@ -1,2 -1,2 +1,3 @@@",
)  # fmt: skip


def of_rules(random: Random) -> Input:
    """A rule.yaml."""
    text = random.choice(texts("rules", "rule.yaml") + texts("examples", "rule.yaml"))
    lines = text.split("\n")
    for _ in range(random.randint(1, 3)):
        number = random.randrange(len(lines))
        name, colon, _ = lines[number].partition(":")
        value = random.choice((*ODD_WORDS, "{matches: 'PATTERN'}", "[a, b]", "{in: [a]}", "Service.User", "5"))
        lines[number] = random.choice((f"{name}{colon} {value}", "", lines[number] * 2, f"  {lines[number]}"))
    text = "\n".join(lines).replace("PATTERN", "".join(random.choices(_PATTERNS, k=random.randint(1, 6))))
    return Input("rule", "rule.yaml", _broken(text.encode("utf-8", "surrogatepass"), random, odds=0.3))


_PATTERNS = (
    "a",
    "(",
    ")",
    "*",
    "+",
    "?",
    "{3}",
    "{0,900}",
    "{99999999}",
    "|",
    "[a-z]",
    "[^",
    "\\d",
    "\\b",
    "^",
    "$",
    "(?:",
    "(?i)",
    ".",
    "\\1",
    "(?=a)",
)


def of_logs(random: Random) -> Input:
    """A log with something changed in it."""
    text = random.choice(texts("tests/diagnose", ".log") or ("Mar 02 10:00:00 host systemd[1]: a.service: Failed.\n",))
    lines = text.split("\n")
    for _ in range(random.randint(1, 3)):
        number = random.randrange(len(lines))
        line = lines[number]
        at = random.randrange(len(line) + 1)
        lines[number] = line[:at] + random.choice((*ODD_WORDS, *VALUES)) + line[at + random.randint(0, 4) :]
    return Input("log", "x.log", _broken("\n".join(lines).encode("utf-8", "surrogatepass"), random, odds=0.5))


def _broken(data: bytes, random: Random, odds: float = 1.0) -> bytes:
    """With a few of the bytes exchanged, taken away or doubled."""
    if random.random() > odds:
        return data
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(data) + 1)
        change = random.randrange(4)
        if change == 0:
            data = data[:at] + random.choice(ODD_BYTES) + data[at:]
        elif change == 1:
            data = data[:at] + data[at + random.randint(1, 9) :]
        elif change == 2:
            data = data[:at] + bytes((random.randrange(256),)) + data[at + 1 :]
        else:
            end = at + random.randint(1, 60)
            data = data[:end] + data[at:end] * random.choice((1, 1, 20)) + data[end:]
    return data[:65_536]


BASELINE = '{"version": 1, "findings": {"0123456789abcdef": "UL101 x.service: unknown"}}'
POLICY = '{"PrivateNetwork": {"weight": 4000, "range": 1, "description_bad": "x"}, "UserOrDynamicUser": {"weight": 0}}'
MAKERS: dict[str, Maker] = {
    "bytes": of_bytes, "structure": of_structure, "values": of_values, "yaml": of_yaml, "templates": of_templates,
    "settings": of_settings, "baselines": of_json("baseline", BASELINE), "policies": of_json("policy", POLICY),
    "diffs": of_diffs, "rules": of_rules, "logs": of_logs,
}  # fmt: skip
"""How inputs are made, by kind."""
__all__ = ["MAKERS", "TYPES", "Input", "Maker"]
