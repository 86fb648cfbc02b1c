"""Files of a root directory may hold anything: nothing that reads them fails, whatever stands in them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import unitlint
from unitlint.checks.commands.root_files import HEAD, is_text, loader, shebang

ELF = st.builds(
    lambda ident, rest: b"\x7fELF" + ident + rest,
    st.binary(min_size=2, max_size=2).map(lambda pair: bytes(one % 3 for one in pair)),
    st.binary(min_size=58, max_size=200),
)
SCRIPT = st.lists(
    st.sampled_from([b"#!", b"/bin/sh", b"/usr/bin/env", b" ", b"-S", b"A=b", b"\r", b"\n", b"\xff", b"x"])
).map(lambda parts: b"#!" + b"".join(parts))
LINE = st.lists(
    st.sampled_from(["u", "u!", "g", "m", "web", "-", "0", "12:34", "²", "/bin/x", '"A B"', "#", "%i", "z", ":", "x"]),
    max_size=6,
).map(" ".join)
LINES = st.lists(LINE, max_size=8).map("\n".join)
COLONS = LINES.map(lambda text: text.replace(" ", ":"))


@given(st.one_of(ELF, SCRIPT, st.binary(max_size=300)))
def test_the_head_of_a_program(data: bytes) -> None:
    found = shebang(data[:HEAD])
    assert (found is not None) == data.startswith(b"#!")
    if found is not None:
        assert not found.interpreter.endswith(("\r", " "))
        assert not is_text(data)
    named = loader(data)
    assert named is None or data.startswith(b"\x7fELF")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(program=st.one_of(ELF, SCRIPT), sysusers=LINES, tmpfiles=LINES, passwd=COLONS, group=COLONS)
def test_a_whole_tree(tmp_path: Path, program: bytes, sysusers: str, tmpfiles: str, passwd: str, group: str) -> None:
    for folder in ("etc/systemd/system", "usr/lib/sysusers.d", "usr/lib/tmpfiles.d", "usr/bin"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    (tmp_path / "etc/systemd/system/x.service").write_text(
        "[Service]\nExecStart=/usr/bin/x\nUser=web\nGroup=x\nWorkingDirectory=/usr/bin\nEnvironmentFile=/etc/*\n"
    )
    (tmp_path / "usr/bin/x").write_bytes(program)
    (tmp_path / "usr/lib/sysusers.d/x.conf").write_text(sysusers)
    (tmp_path / "usr/lib/tmpfiles.d/x.conf").write_text(tmpfiles)
    (tmp_path / "etc/passwd").write_text(passwd)
    (tmp_path / "etc/group").write_text(group)
    report = unitlint.check_paths([tmp_path], root=str(tmp_path), select=["UL5", "UL9"], profile="strict")
    assert not report.errors
    assert report.units == 1
