"""The units in a YAML or JSON file: where each of them goes on the machine, and its text (files/host_kinds.py).

Known are cloud-init (write_files), Butane and Ignition (systemd.units and storage.files), Ansible (copy and
blockinfile), and everywhere else texts under the name of a unit, as in a ConfigMap of Kubernetes: each of these
layouts is a function in the table at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from unitlint.catalogue import UNIT_TYPES
from unitlint.files.classify import classify
from unitlint.files.embedded import CannotSearchError, Embedded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ruamel.yaml.nodes import Node

_COPY = ("copy", "ansible.builtin.copy", "ansible.legacy.copy")
_BLOCKINFILE = ("blockinfile", "ansible.builtin.blockinfile", "ansible.legacy.blockinfile")
_PLACEHOLDER = re.compile(r"\{[{%#]")
_TERRAFORM = re.compile(r"^[ \t]*(?:-[ \t]+|[\w.-]+:[ \t]+)+[\"']?\$\{[a-z][a-z0-9_]*\}[\"']?[ \t]*$", re.MULTILINE)
"""A value of the YAML itself that only Terraform's templatefile() fills in."""
_IN_NAME = re.compile(r"\{\{-?\s*[.$]?(?:Values\.)?([A-Za-z_]\w*)(?:[^{}\w][^{}]*)?\}\}")
_SECTION = re.compile(r"^[ \t]*\[[A-Z][A-Za-z-]*\]", re.MULTILINE)
_SECTION_OF_UNITS = re.compile(
    rb"\[(?:Unit|Install|Service|Socket|Timer|Mount|Automount|Swap|Path|Slice|Scope|Container|Volume|Network|Pod|Kube"
    rb"|Image|Build|Journal|Manager|Login|OOM|Coredump|Resolve|Time|Sleep)\]"
)
_NAME_OF_UNITS = re.compile(
    rb"\.(?:" + "|".join(UNIT_TYPES).encode() + rb"|container|volume|network|pod|kube|image|build|conf)\b"
)


def may_hold_units(data: bytes) -> bool:
    """A cheap look: whether a section and a name of units stand anywhere in the file, or cloud-init's encoded files."""
    if _SECTION_OF_UNITS.search(data) is None and not (b"write_files" in data and b"encoding" in data):
        return False
    return _NAME_OF_UNITS.search(data) is not None


def find_embedded(path: str, text: str) -> Iterator[Embedded]:
    """The units, drop-ins and confs in the text, in its order; raises CannotSearchError."""
    # JSON may be indented by tabs, unlike YAML.
    text = text.replace("\t", " ") if path.endswith((".json", ".ign")) else text
    waiting: list[Node] = list(reversed(_documents(text)))
    seen: set[int] = set()
    is_cloud_template = text.startswith("## template: jinja")
    is_terraform = "${" in text and _TERRAFORM.search(text) is not None
    while waiting:
        node = waiting.pop()
        if id(node) in seen or isinstance(node.value, str):
            continue
        seen.add(id(node))
        pairs = _pairs(node)
        if pairs is None:
            waiting.extend(reversed(node.value))
            continue
        fields = dict(pairs)
        for found in (embedded for layout in _LAYOUTS for embedded in layout(fields)):
            template = "jinja" if is_cloud_template and not found.template else found.template
            if template != "part" and _PLACEHOLDER.search(found.text) is None:
                template = ""
            if is_terraform and template in ("", "go") and "${" in found.text:
                template = "terraform"
            yield found._replace(template=template)
        waiting.extend(value for _, value in reversed(pairs))


def offsets(text: str, embedded: Embedded) -> Sequence[int]:
    """The offset in the file's text of each character of an embedded text, and last that behind it."""
    from unitlint.files import yaml_scalars

    return yaml_scalars.offsets(text, embedded.start, embedded.end, embedded.text, embedded.style)


def _documents(text: str) -> list[Node]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False  # the warning would show lines of the file as they are
    try:
        found = [node for node in yaml.compose_all(text) if node is not None]
    except MarkedYAMLError as error:
        mark = error.problem_mark
        where = f" in line {mark.line + 1}" if mark is not None else ""
        raise CannotSearchError(f"not YAML: {error.problem or error}{where}") from None
    except RecursionError:
        raise CannotSearchError("it nests too deeply") from None
    except Exception as error:  # other people's file, and more than one kind of error gets out of the library
        raise CannotSearchError(f"not YAML: {type(error).__name__}") from None
    return found


def _pairs(node: Node) -> list[tuple[str, Any]] | None:
    """The entries of a mapping; None of a sequence."""
    from ruamel.yaml.nodes import MappingNode

    if not isinstance(node, MappingNode):
        return None
    return [(key.value if isinstance(key.value, str) else "", value) for key, value in node.value]


def _written_file(fields: dict[str, Any]) -> Iterator[Embedded]:
    """A file of cloud-init's write_files, or of storage.files in Butane and Ignition."""
    path, content = _text(fields.get("path")), fields.get("content")
    contents = _fields(fields.get("contents"))
    if not path or not _is_unit(_named(path)):
        return
    if content is None:
        content = contents.get("inline")
    encoding = _text(fields.get("encoding")) or "text/plain"
    if content is None:
        if "source" in contents:
            yield _skipped(path, contents["source"], "its content is at a URL")
    elif encoding != "text/plain":
        yield _skipped(path, content, f"its content is encoded ({encoding})")
    elif _text(fields.get("append")).lower() in ("true", "yes", "on"):
        yield from _at(path, content, "part")
    else:
        yield from _at(path, content)


def _named_unit(fields: dict[str, Any]) -> Iterator[Embedded]:
    """A unit of ``systemd.units`` in Butane and Ignition, with its drop-ins; the variables of many roles look alike."""
    name = _text(fields.get("name"))
    if not name or "/" in name or not _is_unit(_named(name)):
        return
    path = f"etc/systemd/system/{name}"
    yield from _at(path, fields.get("contents") or fields.get("content"))
    drop_ins = next((fields[key] for key in ("dropins", "drop-ins") if key in fields), None)
    for drop_in in drop_ins.value if drop_ins is not None and isinstance(drop_ins.value, list) else ():
        inner = _fields(drop_in)
        yield from _at(f"{path}.d/{_text(inner.get('name'))}", inner.get("contents") or inner.get("content"))


def _ansible_task(fields: dict[str, Any]) -> Iterator[Embedded]:
    """What copy and blockinfile write."""
    for names, content, template in ((_COPY, "content", "jinja"), (_BLOCKINFILE, "block", "part")):
        for name in names:
            task = _fields(fields.get(name))
            path = next((task[key] for key in ("dest", "path", "destfile", "name") if key in task), None)
            yield from _at(_text(path), task.get(content), template)


def _text_under_its_name(fields: dict[str, Any]) -> Iterator[Embedded]:
    """A text of several lines with a section, under the name of a unit, as in a ConfigMap."""
    for key, value in fields.items():
        text = _text(value)
        if "\n" in text and _SECTION.search(text) and _is_unit(key) and value.style is not None:
            yield from _at(key, value)


def _at(path: str, node: Any, template: str = "go") -> Iterator[Embedded]:
    text = _text(node)
    path = _named(path)
    if not _is_unit(path) or not text.strip():
        return  # nothing is written where nothing is given
    if not _SECTION.search(text) and (template == "part" or _PLACEHOLDER.search(text)):
        yield _skipped(path, node, "it contains no section, so its lines cannot be checked")
        return
    yield Embedded(path, text, node.start_mark.index, node.end_mark.index, node.style or "", template)


def _skipped(path: str, node: Any, reason: str) -> Embedded:
    return Embedded(_named(path), "", node.start_mark.index, node.end_mark.index, "", "", reason)


def _named(path: str) -> str:
    """The path with placeholders as their names: ``{{ app }}.service`` is taken for ``app.service``."""
    return _IN_NAME.sub(r"\1", path)


def _is_unit(path: str) -> bool:
    return "\n" not in path and "\0" not in path and classify(path) is not None


def _fields(node: Any) -> dict[str, Any]:
    pairs = _pairs(node) if node is not None else None
    return dict(pairs) if pairs is not None else {}


def _text(node: Any) -> str:
    return node.value if node is not None and isinstance(node.value, str) else ""


_LAYOUTS: tuple[Callable[[dict[str, Any]], Iterator[Embedded]], ...] = (
    _written_file,
    _named_unit,
    _ansible_task,
    _text_under_its_name,
)
"""The places in which units are known to stand: each is given the entries of a mapping."""
