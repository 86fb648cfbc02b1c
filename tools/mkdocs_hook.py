"""mkdocs calls these: they add the generated pages, and put the rules into the navigation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent.parent / "src")]

from tools.site import filled, generated_pages, with_links, with_rules_linked  # noqa: E402  # mkdocs may run from anywhere
from tools.site.rules import INDEX, by_category  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """The rules by category, where the navigation names their index; pages that are not written yet are left out."""
    known = {*generated_pages(), *(path.name for path in Path(config.docs_dir).glob("*.md"))}
    config.nav = [_entry(entry, known) for entry in config.nav or []]
    return config


def _entry(entry: dict[str, Any], known: set[str]) -> dict[str, Any]:
    ((title, inner),) = entry.items()
    if isinstance(inner, list):
        return {title: [one for one in inner if next(iter(one.values())) in known]}
    if inner != INDEX:
        return entry
    return {title: [INDEX, *({category: pages} for category, pages in by_category().items())]}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The generated pages."""
    from mkdocs.structure.files import File

    for path, markdown in generated_pages().items():
        files.append(File.generated(config, path, content=markdown))
    return files


def on_page_markdown(markdown: str, page: Page, **_rest: object) -> str:
    """The generated parts of a page, and its links to files of the repository that are no pages."""
    name = page.file.src_uri
    whole = with_links(name, filled(markdown))
    return whole if name.startswith("rules/") else with_rules_linked(name, whole)
