"""What the audit system writes as NAME=VALUE, and several accesses that were refused to one program."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitlint.diagnose.model import Incident
from unitlint.diagnose.pairs import with_pairs
from unitlint.diagnose.run import diagnose_streams
from unitlint.diagnose.texts import MOST_LISTED, listed

NAMES = {"comm": "comm", "name": "path", "pid": "pid", "ino": "", "*": "what"}


def read(text: str) -> tuple[Incident, ...]:
    return diagnose_streams([("log", lambda: io.BufferedReader(io.BytesIO(text.encode())))]).incidents


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('pid=7 comm="web" name="/srv/a b" ino=9', {"pid": "7", "comm": "web", "path": "/srv/a b"}),
        ('comm="web" dest=5432 ino=9 dev="sda"', {"comm": "web", "what": 'dest=5432 dev="sda"'}),
        ("comm=72733A6D61696E20513A526567", {"comm": "rs:main Q:Reg"}),
        ('comm="7273"', {"comm": "7273"}),
        ("pid=72", {"pid": "72"}),
        ("nothing of this kind", {}),
        ("comm=", {}),
    ],
)
def test_pairs(text: str, fields: dict[str, str]) -> None:
    assert with_pairs({"pairs": text, "stamp": "1"}, NAMES) == {"stamp": "1", **fields}


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert "pairs" not in with_pairs({"pairs": text}, NAMES)


def test_what_ends_alike_is_said_once() -> None:
    assert listed(()) == ""
    assert listed(("open of /a to web",)) == "open of /a to web"
    assert listed(("open of /a to web", "exec of /b to web")) == "open of /a and exec of /b to web"
    assert listed(("open of /a to web", "exec of /b to sh")) == "open of /a to web and exec of /b to sh"
    many = tuple(f"open of /{number} to web" for number in range(MOST_LISTED + 3))
    assert listed(many) == "open of /0, open of /1, open of /2, open of /3 and 3 more to web"


def test_lines_that_differ_by_digits_are_different_accesses() -> None:
    lines = [
        f'type=AVC msg=audit(1502872056.507:{number}): avc:  denied  {{ name_connect }} for  pid={number} comm="web" '
        f"dest={number} scontext=s:s:web_t:s0 tcontext=s:o:p_t:s0 tclass=tcp_socket permissive=0\n"
        for number in (5432, 8080, 9090)
    ]
    (incident,) = read("".join(lines))
    assert incident.causes[0].says == (
        "SELinux refused name_connect (tcp_socket, dest=5432), name_connect (tcp_socket, dest=8080) and "
        "name_connect (tcp_socket, dest=9090) to web"
    )
    assert incident.causes[0].times == 3


def test_the_same_access_twice_is_listed_once() -> None:
    line = (
        'Mar 02 10:11:12 host kernel: audit: type=1400 audit(1710238133.968:62): apparmor="DENIED" operation="open" '
        'profile="/usr/sbin/web" name="/srv/a" pid=812 comm="web" requested_mask="r" denied_mask="r" fsuid=1 ouid=0\n'
    )
    (incident,) = read(line + line.replace("812", "813"))
    assert incident.causes[0].says == "AppArmor's profile /usr/sbin/web refused open of /srv/a to web"


def test_what_is_only_reported_is_no_refusal() -> None:
    allowed = 'host audit[8]: AVC apparmor="ALLOWED" operation="open" profile="web" name="/a" pid=8 comm="web"\n'
    permissive = (
        'Mar 02 10:11:12 host audit[8]: AVC avc:  denied  { read } for  pid=8 comm="web" name="a" scontext=s:s:w_t:s0 '
        "tcontext=s:o:p_t:s0 tclass=file permissive=1\n"
    )
    assert not read(allowed + permissive)
