"""The setting ``templates``: files that are templates though their names do not say so, or the other way round."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.config import Settings
    from unitlint.files.source import Source


def as_declared(sources: Iterable[Source], settings: Settings) -> Iterator[Source]:
    """The sources in the languages that the last fitting pattern of ``templates`` names; patterns are git's."""
    from pathspec import GitIgnoreSpec

    specs = [(GitIgnoreSpec.from_lines([pattern]), language) for pattern, language in settings.templates.items()]
    base = os.path.abspath(settings.folder)
    for source in sources:
        relative = os.path.relpath(os.path.abspath(source.path), base)
        language = next((language for spec, language in reversed(specs) if spec.match_file(relative)), None)
        yield source if language is None else source._replace(template="" if language == "none" else language)
