"""Exposure as SARIF and as a page; the page also in a real browser, where there is one."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from unitlint.report.exposure import html, sarif
from unitlint.security.score import Exposure, expose
from unitlint.syntax.reader import read
from unitlint.units.merge import build_unit

TIGHT = "DynamicUser=yes\nPrivateNetwork=yes\nCapabilityBoundingSet=\nSystemCallFilter=@basic-io\n"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
VOID = {"meta", "input", "rect", "br", "link"}


def exposure(name: str, text: str, path: str = "") -> Exposure:
    document = read(f"[Service]\nExecStart=/bin/a\n{text}".encode(), path or f"units/{name}", frozenset(("Service",)))
    return expose(build_unit(name, document.path, document, []), 257)


@pytest.fixture
def exposures() -> list[Exposure]:
    return [
        exposure("web.service", "PrivateTmp=yes\nNoNewPrivileges=yes\n"),
        exposure("open.service", "User=root\n"),
        exposure("tight.service", TIGHT),
    ]


def test_sarif(exposures: list[Exposure]) -> None:
    log = json.loads(sarif.render(exposures, threshold=92))
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    found = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]: one for one in run["results"]}
    assert {uri: one["level"] for uri, one in found.items()} == {
        "units/web.service": "note", "units/open.service": "warning", "units/tight.service": "note",
    }  # fmt: skip
    assert all(one["ruleId"] == run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] for one in run["results"])
    opened = found["units/open.service"]
    assert opened["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    related = opened["relatedLocations"][0]
    assert related["physicalLocation"]["region"]["startLine"] == 3
    assert related["message"]["text"].startswith("User=/DynamicUser= costs 0.4: An attacker can act as root")
    assert opened["properties"]["costs"]["PrivateNetwork"] == 0.5


class Structure(HTMLParser):
    """Collects what a reader of the page could stumble over."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing(exposures: list[Exposure]) -> None:
    page = html.render(exposures)
    structure = Structure()
    structure.feed(page)
    assert structure.open == []
    tags = [tag for tag, _ in structure.seen]
    assert not {"link", "img", "iframe", "object", "a"} & set(tags)
    assert not any("src" in found or "href" in found for _, found in structure.seen)
    assert "default-src 'none'" in str(structure.seen)
    assert not re.search(r"https?://|url\(|@import|fetch\(|import\(", page)
    assert "@media print" in page
    assert "prefers-color-scheme: dark" in page
    names = re.findall(r'<tr data-service="\d+"><td>([^<]*)', page)
    assert names == ["open.service", "web.service", "tight.service"]
    picture = next(found for tag, found in structure.seen if tag == "svg")
    assert picture["aria-label"] == "Services by exposure: 1 from 3 to 4, 2 from 9 to 10"


def test_the_chart_has_a_title_and_the_threshold(exposures: list[Exposure]) -> None:
    assert "threshold" not in html.chart(exposures)
    picture = html.chart(exposures, 65)
    assert "Number of services by exposure" in picture
    assert '<line class="threshold" x1="234" y1="-4" x2="234"' in picture
    assert ">exposure (0 is best, 10 is worst)</text>" in picture
    assert ">threshold 6.5</text>" in picture
    assert "unitlint harden" in html.render(exposures)


def test_what_adds_to_the_exposure_comes_first(exposures: list[Exposure]) -> None:
    page = html.render(exposures)
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    for service in data["services"]:
        states = [0 if badness else 2 if badness is None else 1 for _, badness, *_ in service["assessments"]]
        assert states == sorted(states)


def test_a_path_is_broken_behind_its_slashes_only() -> None:
    page = html.render([exposure("x.service", "PrivateTmp=yes\n", "image-root/etc/x.service")])
    assert '<td class="place"><span>image-root/</span><span>etc/</span><span>x.service</span></td>' in page


def test_what_units_are_called_is_text() -> None:
    hostile = '</script><script>alert(1)</script>"&@rows@\u202e'
    page = html.render([exposure("x.service", "PrivateTmp=yes\n", hostile)])
    structure = Structure()
    structure.feed(page)
    assert [tag for tag, _ in structure.seen].count("script") == 2
    assert "\u202e" not in page
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert data["services"][0]["documents"][0].startswith('</script><script>alert(1)</script>"&@rows@')


def test_no_services() -> None:
    page = html.render([])
    assert "Exposure of 0 services" in page
    assert "Services by exposure: none" in page


DRIVE = """
<script>
addEventListener("load", () => {
  const says = {};
  const names = () => [...document.querySelectorAll("#services > tbody > tr:not(.details):not([hidden])")]
    .map(row => row.cells[0].textContent);
  const set = (id, value) => {
    const field = document.getElementById(id);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const [service, number] = document.querySelectorAll("thead button");
  says.first = names();
  number.click(); says.ascending = names();
  service.click(); says.byName = names();
  says.sorted = [...document.querySelectorAll("#services > thead th")].map(th => th.getAttribute("aria-sort"));
  set("words", "web"); says.found = names(); says.told = document.getElementById("shown").textContent; set("words", "");
  set("rating", "UNSAFE"); says.unsafe = names(); set("rating", "");
  set("least", "9.4"); says.high = names(); set("least", "");
  const open = document.querySelector(".open");
  open.focus(); open.click();
  says.focus = document.activeElement === open;
  says.expanded = open.getAttribute("aria-expanded");
  const details = document.querySelectorAll(".details tbody tr");
  says.rows = details.length;
  const texts = [...details].map(row => [...row.cells].map(cell => cell.textContent));
  says.row = texts.find(row => row[2] === "User=/DynamicUser=");
  open.click(); says.closed = document.querySelectorAll(".details").length;
  says.reachable = [...document.querySelectorAll("button, input, select")].every(one => one.tabIndex === 0);
  dispatchEvent(new Event("beforeprint")); says.printed = document.querySelectorAll(".details").length;
  document.body.textContent = "SAYS" + JSON.stringify(says) + "SAYS";
});
</script>
"""


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here; the structure is tested all the same")
def test_the_page_in_a_browser(exposures: list[Exposure], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(html.render(exposures).replace("</body>", f"{DRIVE}</body>"), encoding="utf-8")
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run([*command, "--dump-dom", page.as_uri()], capture_output=True, text=True, check=True)
    says = json.loads(done.stdout.split("SAYS")[1])
    assert says["first"] == ["open.service", "web.service", "tight.service"]
    assert says["ascending"] == ["tight.service", "web.service", "open.service"]
    assert says["byName"] == ["open.service", "tight.service", "web.service"]
    assert says["sorted"] == ["ascending", None, None, None]
    assert (says["found"], says["told"]) == (["web.service"], "1 of 3 shown")
    assert says["unsafe"] == ["open.service", "web.service"]
    assert says["high"] == ["open.service"]
    assert (says["focus"], says["expanded"], says["closed"], says["reachable"]) == (True, "true", 0, True)
    assert says["rows"] > 75
    assert says["row"][:3] == ["✗", "0.4", "User=/DynamicUser="]
    assert says["row"][4] == "units/open.service:3"
    assert says["printed"] == 3
