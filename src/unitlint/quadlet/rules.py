"""Which of the rules about services make sense for those that Podman's generator makes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Rule

OF_PODMAN = "sandbox"
"""Rules of this category ask for settings that would confine podman itself: it needs its storage and namespaces, and
the container has a sandbox of its own."""
ASKED_ALL_THE_SAME = frozenset(("UL440",))
"""Of that category; it speaks of what everybody can read."""
SILENT = frozenset(("UL204", "UL501", "UL502", "UL504", "UL612", "UL624"))
"""UL204: UL284 knows why there are two commands. UL501, UL502, UL504: UL285 speaks of User=. UL612: what ExecStop= of a
container does is podman's affair. UL624: a container is reloaded where ReloadCmd= says so."""
LIMITS_ELSEWHERE = {"UL301": ("pod", "kube")}
"""The limits of these stand in the containers of the pod, and in the YAML."""


def makes_sense(rule: Rule, quadlet: str) -> bool:
    """Whether the rule is asked of services made of files of this type."""
    if quadlet in rule.applies_to:
        return True
    if "service" not in rule.applies_to and "all" not in rule.applies_to:
        return False
    if rule.file or rule.check:
        return True  # whoever writes rules of their own knows what they want
    if rule.category == OF_PODMAN and rule.code not in ASKED_ALL_THE_SAME:
        return False
    return rule.code not in SILENT and quadlet not in LIMITS_ELSEWHERE.get(rule.code, ())
