"""mkdocs calls these: they add the generated pages, and put the rules into the navigation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent.parent / "src")]

from tools.site import filled, generated_pages, with_links, with_rules_linked  # noqa: E402  # mkdocs may run from anywhere
from tools.site.rules import INDEX, by_category  # noqa: E402
from tools.site.titles import with_titles  # noqa: E402
from tools.site.whole_words import with_whole_words  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Puts the rules by category below their index; raises PluginError for a page that does not exist."""
    from mkdocs.exceptions import PluginError

    known = {*generated_pages(), *(path.name for path in Path(config.docs_dir).glob("*.md"))}
    missing = [page for page in _pages(config.nav or []) if page not in known]
    if missing:
        raise PluginError(f"mkdocs.yml names pages that do not exist: {', '.join(missing)}")
    config.nav = [_entry(entry) for entry in config.nav or []]
    return config


def _pages(entries: list[dict[str, Any]]) -> list[str]:
    """The paths of the pages that the navigation names."""
    inner = [value for entry in entries for value in entry.values()]
    return [page for value in inner for page in (_pages(value) if isinstance(value, list) else [value])]


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    ((title, inner),) = entry.items()
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
    whole = with_titles(with_links(name, filled(markdown)))
    return whole if name.startswith("rules/") else with_rules_linked(name, whole)


def on_page_content(html: str, **_rest: object) -> str:
    """Hyphenated words of console blocks and tables are not broken."""
    return with_whole_words(html)
