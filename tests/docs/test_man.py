"""unitlint(1): whole, and taken by groff without a word."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tools.site.man import man_page
from tools.site.reference import commands


def test_every_option_is_in_it() -> None:
    page = man_page().replace("\\-", "-")
    for command in commands():
        assert f".SH UNITLINT {command.name.upper()}\n" in page
        for _, options in command.groups:
            for forms, _ in options:
                assert f"\n.B {forms}\n" in page


def test_nothing_in_it_is_taken_for_a_request() -> None:
    requests = {line.split()[0] for line in man_page().splitlines() if line.startswith((".", "'"))}
    assert requests == {".TH", ".SH", ".SS", ".TP", ".B", ".BR", ".br", ".PP"}
    assert man_page().isascii()


@pytest.mark.skipif(shutil.which("groff") is None, reason="no groff here")
def test_groff_sets_it_without_a_warning() -> None:
    command = ["groff", "-ww", "-man", "-Tascii", "-rLL=100n"]
    done = subprocess.run(command, input=man_page(), capture_output=True, text=True, check=True)
    assert done.stderr == ""
    text = re.sub(r".\x08|\x1b\[[\d;]*m", "", done.stdout)
    assert "--output-format FORMAT" in text
    assert re.search(r"^EXIT STATUS$", text, re.MULTILINE)
