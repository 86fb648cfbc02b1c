"""YAML files: ruamel.yaml tells where things stand, and reads again what was added.

A text that it wrote itself would keep every comment, but wrap and indent lines its own way.
"""

from __future__ import annotations

from unitlint.init.drafts import CannotEditError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def mapping_of(text: str) -> Any:
    """The node of a text that holds one mapping, as all configurations do; raises CannotEditError for others."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.nodes import MappingNode

    yaml = YAML()
    yaml.composer.warn_double_anchors = False
    try:
        node = yaml.compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CannotEditError(f"it is not YAML: line {line}: {error.problem or error.context}") from None
    except YAMLError as error:
        raise CannotEditError(f"it is not YAML: {error}") from None
    if node is None:
        raise CannotEditError("it is empty")
    if not isinstance(node, MappingNode) or node.flow_style:
        raise CannotEditError("it is not a mapping with each key on its own line")
    return node


def get(mapping: Any, key: str) -> Any:
    """The node of a key's value; None where there is no such key, or no mapping."""
    from ruamel.yaml.nodes import MappingNode

    if not isinstance(mapping, MappingNode):
        return None
    return next((value for name, value in mapping.value if name.value == key), None)


def plain(node: Any) -> object:
    """What a node holds, without its places; anchors and tags of one's own count as they are written."""
    from ruamel.yaml.nodes import MappingNode, SequenceNode

    if isinstance(node, MappingNode):
        return node.tag, [(plain(key), plain(value)) for key, value in node.value]
    if isinstance(node, SequenceNode):
        return node.tag, [plain(one) for one in node.value]
    return node.tag, node.value


def last_line(node: Any) -> int:
    """The number of the last line of a node, counted from 1; comments and empty lines below are not part of it."""
    from ruamel.yaml.nodes import MappingNode, ScalarNode

    if isinstance(node, ScalarNode) or node.flow_style or not node.value:
        mark = node.end_mark
        return int(mark.line) + (1 if mark.column or mark.line == node.start_mark.line else 0)
    last = node.value[-1]
    if isinstance(node, MappingNode):
        key, value = last
        is_void = isinstance(value, ScalarNode) and value.start_mark.index == value.end_mark.index
        return last_line(key) if is_void else max(last_line(key), last_line(value))
    return last_line(last)
