"""The site has a page for every rule, where the links in findings lead, and no link that leads nowhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.site import filled, generated_pages, with_links, with_rules_linked
from tools.site.console import blocks
from tools.site.reference import command_line, commands, settings
from tools.site.rules import CATEGORIES, by_category
from tools.site.titles import with_titles
from tools.site.whole_words import with_whole_words
from unitlint.api import check_text
from unitlint.engine.dispatch import RULE_PAGES
from unitlint.report.rule_page import escaped
from unitlint.rules.rule_set import load_rules
from unitlint.settings.model import KEYS

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
CODE = re.compile(r"^(`{3,}).*?^\1$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
LOADED = re.compile(
    r"<(?:script|img|iframe|source)[^>]*\ssrc=[\"']?(?:https?:)?//"
    r"|<link[^>]*rel=[\"']?(?:stylesheet|preconnect|icon)[^>]*href=[\"']?(?:https?:)?//"
)


@pytest.fixture(scope="module")
def pages(repository: Path) -> dict[str, str]:
    """Every page of the site by its path, with what is generated in it."""
    written = {path.name: path.read_text(encoding="utf-8") for path in (repository / "docs").glob("*.md")}
    return {name: with_links(name, filled(text)) for name, text in {**written, **generated_pages()}.items()}


def test_every_rule_has_a_page_with_its_cases(pages: dict[str, str]) -> None:
    for rule in load_rules():
        page = pages[f"rules/{rule.code}-{rule.name}.md"]
        assert page.startswith(f"# {rule.code} {rule.name}\n")
        assert "## Silent here" in page
        printed = rf"^{rule.code} (\[\*\] )?(error|warning|info): "
        assert rule.details.no_bad_case or re.search(printed, page, re.MULTILINE), rule.code
        assert os.getcwd() not in page


def test_the_plain_case_of_a_rule_comes_first(pages: dict[str, str]) -> None:
    page = pages["rules/UL303-memory-high-above-max.md"]
    assert re.findall(r'title="(\S+)"', page)[0] == "bad.service"
    assert page.index('"good.service"') < page.index('"good-')


def test_findings_lead_to_these_pages(pages: dict[str, str]) -> None:
    findings = check_text("[Service]\nExecStart=true\nFrobnicate=1\n", "web.service")
    assert findings
    for finding in findings:
        assert finding.url is not None
        assert f"rules/{finding.url.removeprefix(RULE_PAGES)}.md" in pages


def test_a_block_that_is_a_file_has_its_name_as_title() -> None:
    page = "A\n\n<!-- in: deploy -->\n<!-- file: deploy/a.service -->\n```ini\n[Unit]\n```\n\n```console\n$ true\n```\n"
    assert with_titles(page) == page.replace("```ini\n", '```ini title="deploy/a.service"\n')


def test_pages_name_the_files_that_they_show(repository: Path) -> None:
    for path in [repository / "README.md", *(repository / "docs").glob("*.md")]:
        page = path.read_text(encoding="utf-8")
        for block in blocks(page):
            if "file" in block.notes and path.name != "diagnose.md":
                before = re.sub(r"<!--.*?-->", "", page[: block.start], flags=re.DOTALL).split("\n\n")
                assert block.notes["file"].rpartition("/")[2] in "".join(before[-3:]), f"{path.name}:{block.line}"


def test_every_rule_stands_in_one_category() -> None:
    assert {rule.category for rule in load_rules()} == set(CATEGORIES)
    assert sum(map(len, by_category().values())) == len(load_rules())


def test_the_settings_are_all_there() -> None:
    rows = [line for line in settings().splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == list(KEYS)
    assert all(row.count("|") == 6 and len(row.split("|")[4].split()) > 2 for row in rows)
    assert "| `profile` | conform < default < strict | `default` |" in settings()


def test_the_command_line_is_all_there() -> None:
    text = command_line()
    assert "| `-j N, --jobs N` | worker processes" in text
    assert "| `PATH` | files and directories" in text
    for command in commands():
        assert f"## `unitlint {command.name}`" in text


def test_links_between_pages_lead_somewhere(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        for found in LINK.finditer(CODE.sub("", text)):
            target = os.path.normpath(os.path.join(os.path.dirname(name), found[1])) if found[1] else name
            assert target in pages, f"{name} links to {found[1]}"
            heads = {slug(head) for head in re.findall(r"^#+ (.*)$", pages[target], re.MULTILINE)}
            assert not found[2] or found[2] in heads, f"{name} links to {found[0]}"


def slug(head: str) -> str:
    """As Markdown's toc makes it."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", head).strip().lower())


def test_links_to_other_files_lead_into_the_repository() -> None:
    assert with_links("writing-rules.md", "[a](../examples/unit-rules)").endswith("/blob/main/examples/unit-rules)")
    assert with_links("contributing.md", "[a](docs/security.md#json)") == "[a](security.md#json)"
    assert (
        with_links("security.md", "[a](../README.md) [b](https://a.example)") == "[a](index.md) [b](https://a.example)"
    )


def test_codes_in_running_text_lead_to_their_rules() -> None:
    text = "# UL303\n\nUL303 and `UL303`, [UL303](a.md), UL999\n\n```text\nUL303\n```\n"
    linked = "[UL303](rules/UL303-memory-high-above-max.md)"
    assert with_rules_linked("a.md", text) == text.replace("\n\nUL303 and", f"\n\n{linked} and")


def test_running_text_is_marked_up() -> None:
    assert escaped("MemoryMax=1G in [Service], *not* `here`.") == r"`MemoryMax=1G` in `[Service]`, \*not\* `here`."
    assert escaped("status=226/NAMESPACE below /run/a.") == "status=226/NAMESPACE below `/run/a`."


def test_the_navigation_names_every_page(repository: Path) -> None:
    named = re.findall(r": (\S+\.md)$", (repository / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    there = {path.name for path in (repository / "docs").glob("*.md")}
    assert there <= set(named)
    assert len(named) == len(set(named))
    assert set(named) <= there | generated_pages().keys()


def test_a_page_that_is_missing_fails_the_build() -> None:
    errors = pytest.importorskip("mkdocs.exceptions", reason="the extra `docs` is not installed")
    from mkdocs.config.defaults import MkDocsConfig

    from tools.mkdocs_hook import on_config

    config = MkDocsConfig()
    config.load_dict({"docs_dir": "docs", "nav": [{"Use it": [{"Home": "index.md"}, {"Gone": "gone.md"}]}]})
    with pytest.raises(errors.PluginError, match=r"do not exist: gone\.md"):
        on_config(config)


def test_it_builds_without_a_warning_and_loads_nothing_from_elsewhere(repository: Path, tmp_path: Path) -> None:
    pytest.importorskip("material", reason="the extra `docs` is not installed")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path))
    done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    rule = next(rule for rule in load_rules() if rule.code == "UL303")
    assert (tmp_path / "rules" / f"{rule.code}-{rule.name}" / "index.html").is_file()
    for page in tmp_path.rglob("*.html"):
        assert not LOADED.search(page.read_text(encoding="utf-8")), page


def test_hyphenated_words_of_console_blocks_stay_whole() -> None:
    code = '<span class="gp">$ </span>unitlint check\n<span class="go">use on-success</span>'
    page = f'<p>on-success</p><pre><a id="c-1"></a><code>{code}</code></pre><pre><code>on-success</code></pre>'
    shown = with_whole_words(page)
    assert shown.count('<span class="whole">on-success</span>') == 1
    assert re.sub(r'<span class="whole">([^<]*)</span>', r"\1", shown) == page


def test_hyphenated_words_of_tables_stay_whole() -> None:
    shown = with_whole_words("<td>UL303 memory-high-above-max</td><td><code>fail-on</code></td>")
    assert re.findall(r'<span class="whole">([^<]*)</span>', shown) == ["memory-high-above-max", "fail-on"]
