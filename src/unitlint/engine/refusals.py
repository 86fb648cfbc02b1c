"""What systemd refuses in some files, whatever rules are asked for: fixes must bring none of it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from unitlint.engine.report import Report
    from unitlint.files.source import Source
    from unitlint.settings.model import Settings


def refusals_by(settings: Settings) -> Callable[[list[Source]], Report]:
    """A check by all built-in rules at the releases and root of the settings, whatever rules these turn off."""
    from unitlint.engine.chosen_rules import chosen_rules
    from unitlint.engine.run import run
    from unitlint.files.root_tree import RootTree
    from unitlint.settings.model import Settings

    root = None if settings.root is None else RootTree(settings.root)

    def check(sources: list[Source]) -> Report:
        return run(
            sources, chosen_rules(Settings()), settings.systemd_version, root=root, ignores=False, for_people=True
        )

    return check
