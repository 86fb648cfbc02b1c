"""Every event folder is its own test: it has cases, and each case tells what it announces."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from unitlint.base.errors import UnitlintError
from unitlint.diagnose.compile import compile_events
from unitlint.diagnose.patterns import fields_of
from unitlint.diagnose.run import diagnose
from unitlint.diagnose.table import event_files, events_folder, load_events
from unitlint.diagnose.texts import names_in
from unitlint.rules.rule_set import load_rules

FOLDERS = [os.path.dirname(path) for path in event_files(events_folder())]
KINDS = {kind.id: kind for kind in load_events()}
CASES = [(folder, case) for folder in FOLDERS for case in sorted(Path(folder).glob("*.log"))]
EXPECT = re.compile(r"# expect: (?:nothing|(?P<unit>\S+) (?P<event>\S+) (?P<cause>\S+)(?: (?P<confidence>\S+))?)$")


def _name(path: object) -> str:
    return os.path.relpath(str(path), events_folder())


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_folder_is_complete(folder: str) -> None:
    kind = KINDS[os.path.basename(folder)]
    cases = [case.read_text(encoding="utf-8") for case in Path(folder).glob("*.log")]
    assert cases, "an event needs a case: a log that begins with `# expect: UNIT EVENT CAUSED-BY CONFIDENCE`"
    if kind.role != "note":
        assert kind.answers, "an event that can be a cause needs an answer"
        assert kind.references, "an event names the man pages or functions that it follows"
        assert not kind.answers[-1].when, "the last answer fits everything"
    told = [found for text in cases for line in text.splitlines() if (found := EXPECT.match(line))]
    announced = any(found["event"] == kind.id for found in told)
    assert announced or kind.role == "note" or kind.id == "process-exited", "no case announces the event"


@pytest.mark.parametrize("case", [pytest.param(case, id=_name(case)) for _, case in CASES])
def test_case(case: Path) -> None:
    check_case(case)


def check_case(case: Path) -> None:
    """The incidents of a log are those that its first lines announce."""
    lines = case.read_text(encoding="utf-8").splitlines()
    announced = [found for line in lines if (found := EXPECT.match(line))]
    assert announced, "a case begins with `# expect: …`"
    wanted = sorted((found["unit"], found["event"], found["cause"]) for found in announced if found["unit"])
    found = diagnose([str(case)]).incidents
    main = [(incident.unit or "-", incident.causes[0]) for incident in found]
    assert sorted((unit, cause.kind.id, cause.caused_by) for unit, cause in main) == wanted
    for line in announced:
        if line["confidence"]:
            assert (line["unit"], line["confidence"]) in {(unit, cause.confidence) for unit, cause in main}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_an_event_names_is_there(kind: object) -> None:
    codes = {rule.code for rule in load_rules()}
    assert isinstance(kind, type(next(iter(KINDS.values()))))
    assert set(kind.rules) <= codes
    for answer in kind.answers:
        for text in (answer.cause, *answer.advice):
            assert text == text.strip()
            assert text.count("{") == text.count("}") == len(list(names_in(text)))
            assert "  " not in text


def test_no_two_events_share_a_wording() -> None:
    seen: dict[str, str] = {}
    for kind in KINDS.values():
        for template, _, _ in kind.patterns:
            assert seen.setdefault(template, kind.id) == kind.id, template
            assert fields_of(template) or template, kind.id


GOOD = """
id: web-fell
title: the web fell
role: cause
rank: 5
patterns: ["{unit}: The web fell at {place}."]
answers:
  - {caused-by: unit, confidence: high, cause: "it fell at {place}", look-at: [Service.ExecStart], advice: ["catch it"]}
"""


def test_an_event_is_added_without_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "web-fell").mkdir()
    (tmp_path / "web-fell" / "event.yaml").write_text(GOOD)
    kinds = compile_events([*event_files(events_folder()), *event_files(str(tmp_path))])
    monkeypatch.setattr("unitlint.diagnose.run.load_events", lambda: kinds)
    log = tmp_path / "case.log"
    log.write_text("May 08 11:46:49 host systemd[1]: web.service: The web fell at noon.\n")
    (incident,) = diagnose([str(log)]).incidents
    (cause,) = incident.causes
    assert (incident.unit, cause.kind.id, cause.says, cause.advice) == (
        "web.service", "web-fell", "it fell at noon", ("catch it",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("role: cause", "role: reason", r":4:7: `reason` is no role"),
        ("title:", "tilte:", r":3:1: unknown key `tilte`\n  did you mean `title`\?"),
        ("id: web-fell", "id: web-fall", r":2:5: the id is not the name of the directory"),
        ("{place}.", "{place.", r":6:12: cannot be read as a template"),
        ('at {place}", look', 'at {palce}", look', r":8:5: the event has no field `palce`\n  did you mean `place`\?"),
        (
            'fell at {place}"',
            'fell at {place|siez}"',
            r":8:5: no filter `siez`\n  did you mean `size`\?|no filter `siez`",
        ),
        ("caused-by: unit", "caused-by: me", r":8:5: an answer needs"),
        ("Service.ExecStart", "Service.ExecStrat", r"systemd knows no directive `Service.ExecStrat`"),
        ("rank: 5", "explained-by: [web-rose]", r"there is no event `web-rose`"),
        ("rank: 5", "senders: [kernle]", r"`kernle` is no sender\n  did you mean `kernel`\?"),
        ('patterns: ["{unit}: The web fell at {place}."]', "rank: 6", r"duplicate key|needs `patterns`"),
    ],
)
def test_mistakes_are_told_at_their_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    folder = tmp_path / "web-fell"
    folder.mkdir()
    file = folder / "event.yaml"
    file.write_text(GOOD)
    assert [kind.id for kind in compile_events([str(file)])] == ["web-fell"]
    assert old in GOOD
    file.write_text(GOOD.replace(old, new))
    with pytest.raises(UnitlintError) as error:
        compile_events([str(file)])
    assert re.search(message, str(error.value)), str(error.value)
