"""The same incident in every format that a log can have: one answer."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from unitlint.base.errors import UnitlintError
from unitlint.diagnose.model import Diagnosis
from unitlint.diagnose.run import diagnose, diagnose_streams

BOOT = "0123456789abcdef0123456789abcdef"
EPOCH = 1_772_445_600  # 2026-03-02 10:00:00 UTC
GROUP = "/system.slice/web.service"
KILLED = (
    "total-vm:3249380kB, anon-rss:1034240kB, file-rss:8000kB, shmem-rss:0kB, UID:998 pgtables:2344kB oom_score_adj:0"
)
KERNEL = [
    "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
    "memory: usage 1048576kB, limit 1048576kB, failcnt 17",
    "[    812]   998   812   812345   260000  2400000        0             0 java",
    f"oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=web.service,mems_allowed=0,oom_memcg={GROUP},"  # noqa: ISC004
    f"task_memcg={GROUP},task=java,pid=812,uid=998",
    f"Memory cgroup out of memory: Killed process 812 (java) {KILLED}",
]
MANAGER = [
    "web.service: A process of this unit has been killed by the OOM killer.",
    "web.service: Main process exited, code=killed, status=9/KILL",
    "web.service: Failed with result 'oom-kill'.",
    "web.service: Scheduled restart job, restart counter is at 1.",
]
ENTRIES = [*[("kernel", "", text) for text in KERNEL], *[("systemd", "1", text) for text in MANAGER]]


def lines(form: Callable[[int, str, str, str], str]) -> str:
    return "".join(f"{form(number, *entry)}\n" for number, entry in enumerate(ENTRIES))


def tagged(sender: str, pid: str) -> str:
    return f"{sender}[{pid}]" if pid else sender


def as_json(number: int, sender: str, pid: str, message: str) -> dict[str, str]:
    record = {
        "__REALTIME_TIMESTAMP": str((EPOCH + number) * 1_000_000), "_BOOT_ID": BOOT, "MESSAGE": message,
        "SYSLOG_IDENTIFIER": sender, "_TRANSPORT": "kernel" if sender == "kernel" else "journal",
    }  # fmt: skip
    return {**record, "_PID": pid, "UNIT": "web.service"} if pid else record


def exported() -> bytes:
    records = []
    for number, entry in enumerate(ENTRIES):
        fields = []
        for name, value in as_json(number, *entry).items():
            if name == "MESSAGE" and number % 2:
                fields.append(name.encode() + b"\n" + len(value).to_bytes(8, "little") + value.encode() + b"\n")
            else:
                fields.append(f"{name}={value}\n".encode())
        records.append(b"".join([b"__CURSOR=s=1;i=2\n", *fields]))
    return b"\n".join(records) + b"\n"


FORMATS: dict[str, str | bytes] = {
    "short": lines(lambda n, s, p, m: f"Mar 02 10:00:{n:02d} host {tagged(s, p)}: {m}"),
    "short, one space": lines(lambda n, s, p, m: f"Mar  2 10:00:{n:02d} host {tagged(s, p)}: {m}"),
    "short-precise": lines(lambda n, s, p, m: f"Mar 02 10:00:{n:02d}.123456 host {tagged(s, p)}: {m}"),
    "short-iso": lines(lambda n, s, p, m: f"2026-03-02T10:00:{n:02d}+0000 host {tagged(s, p)}: {m}"),
    "short-iso of 255": lines(lambda n, s, p, m: f"2026-03-02T11:00:{n:02d}+01:00 host {tagged(s, p)}: {m}"),
    "short-iso-precise": lines(lambda n, s, p, m: f"2026-03-02T10:00:{n:02d}.123456+00:00 host {tagged(s, p)}: {m}"),
    "short-full": lines(lambda n, s, p, m: f"Mon 2026-03-02 10:00:{n:02d} UTC host {tagged(s, p)}: {m}"),
    "with-unit": lines(
        lambda n, s, p, m: f"Mon 2026-03-02 10:00:{n:02d} CET host {tagged('init.scope' if p else s, p)}: {m}"
    ),
    "short-unix": lines(lambda n, s, p, m: f"{EPOCH + n}.000000 host {tagged(s, p)}: {m}"),
    "short-monotonic": lines(lambda n, s, p, m: f"[  {n}.123456] host {tagged(s, p)}: {m}"),
    "short-delta": lines(lambda n, s, p, m: f"[  {n}.123456 <    0.1>] host {tagged(s, p)}: {m}"),
    "cat": lines(lambda n, s, p, m: m),
    "syslog with kernel times": lines(
        lambda n, s, p, m: f"Mar  2 10:00:{n:02d} host {tagged(s, p)}: {f'[ {n}.123456] ' if s == 'kernel' else ''}{m}"
    ),
    "rsyslog": lines(lambda n, s, p, m: f"2026-03-02T10:00:{n:02d}.123456+00:00 host {tagged(s, p)}: {m}"),
    "RFC 5424": lines(lambda n, s, p, m: f"<3>1 2026-03-02T10:00:{n:02d}Z host {s} {p or '-'} - - {m}"),
    "with a priority": lines(lambda n, s, p, m: f"<3>Mar  2 10:00:{n:02d} host {tagged(s, p)}: {m}"),
    "dmesg": lines(lambda n, s, p, m: f"[ {n}.123456] {f'{tagged(s, p)}: ' if p else ''}{m}"),
    "dmesg -T": lines(lambda n, s, p, m: f"[Mon Mar  2 10:00:{n:02d} 2026] {f'{tagged(s, p)}: ' if p else ''}{m}"),
    "dmesg -x": lines(lambda n, s, p, m: f"kern  :err   : [ {n}.123456] {f'{tagged(s, p)}: ' if p else ''}{m}"),
    "dmesg iso": lines(
        lambda n, s, p, m: f"2026-03-02T10:00:{n:02d},123456+00:00 {f'{tagged(s, p)}: ' if p else ''}{m}"
    ),
    "kmsg": lines(lambda n, s, p, m: f"3,{n},{n}123456,-;{f'{tagged(s, p)}: ' if p else ''}{m}"),
    "a German month": lines(lambda n, s, p, m: f"Mär 02 10:00:{n:02d} host {tagged(s, p)}: {m}"),
    "of grep": lines(lambda n, s, p, m: f"/var/log/messages:Mar 02 10:00:{n:02d} host {tagged(s, p)}: {m}"),
    "indented": lines(lambda n, s, p, m: f"    Mar 02 10:00:{n:02d} host {tagged(s, p)}: {m}"),
    "quoted": lines(lambda n, s, p, m: f"> Mar 02 10:00:{n:02d} host {tagged(s, p)}: {m}"),
    "Windows line ends": lines(lambda n, s, p, m: f"Mar 02 10:00:{n:02d} host {tagged(s, p)}: {m}\r"),
    "colours": lines(lambda n, s, p, m: f"\x1b[0mMar 02 10:00:{n:02d} host {tagged(s, p)}: \x1b[0;1;31m{m}\x1b[0m"),
    "dmesg of Talos": lines(
        lambda n, s, p, m: f"kern:  err: [2026-03-02T10:00:{n:02d}.123456789Z]: {f'{tagged(s, p)}: ' if p else ''}{m}"
    ),
    "of a guest": lines(
        lambda n, s, p, m: (
            f"2026-03-02T10:00:{n:02d}.127Z In(05) vcpu-5 - Guest: <6>[5.009360] {f'{tagged(s, p)}: ' if p else ''}{m}"
        )
    ),
    "a day without padding": lines(lambda n, s, p, m: f"Mar 2 10:00:{n:02d} host {tagged(s, p)}: {m}"),
    "a Japanese month": lines(lambda n, s, p, m: f"3月 02 10:00:{n:02d} host {tagged(s, p)}: {m}"),
    "of a container": lines(
        lambda n, s, p, m: f"2026-03-02T10:00:{n:02d}.123456789Z stdout F {tagged(s, p)}: {m}"
    ),
    "syslog in a container": lines(
        lambda n, s, p, m: f"2026-03-02T10:00:{n:02d}.5Z stderr F Mar 02 10:00:{n:02d} host {tagged(s, p)}: {m}"
    ),
    "json-file of Docker": lines(
        lambda n, s, p, m: json.dumps({
            "log": f"{tagged(s, p)}: {m}\n", "stream": "stderr", "time": f"2026-03-02T10:00:{n:02d}.123456789Z",
        })
    ),
    "a time before the line": lines(
        lambda n, s, p, m: f"2026-03-02T10:00:{n:02d}.1234567Z Mar 2 10:00:{n:02d} host {tagged(s, p)}: {m}"
    ),
    "json of a log shipper": lines(
        lambda n, s, p, m: json.dumps({"@timestamp": f"2026-03-02T10:00:{n:02d}.123Z", "program": s, "message": m})
    ),
    "json of Filebeat": lines(
        lambda n, s, p, m: json.dumps({
            "@timestamp": f"2026-03-02T10:00:{n:02d}.123Z", "message": m, "syslog": {"identifier": s, "pid": p},
        })
    ),
    "json": lines(lambda n, s, p, m: json.dumps(as_json(n, s, p, m))),
    "json-seq": lines(lambda n, s, p, m: "\x1e" + json.dumps(as_json(n, s, p, m))),
    "json-sse": lines(lambda n, s, p, m: f"data: {json.dumps(as_json(n, s, p, m))}\n"),
    "json-pretty": lines(lambda n, s, p, m: json.dumps(as_json(n, s, p, m), indent=8)),
    "json with bytes": lines(lambda n, s, p, m: json.dumps({**as_json(n, s, p, m), "MESSAGE": list(m.encode())})),
    "verbose": lines(
        lambda n, s, p, m: f"Mon 2026-03-02 10:00:{n:02d}.123456 UTC [s=ab;i=1;b={BOOT}]\n"
        + "\n".join(f"    {name}={value}" for name, value in as_json(n, s, p, m).items() if name[:2] != "__")
    ),
    "export": exported(),
    "UTF-16": lines(lambda n, s, p, m: f"Mar 02 10:00:{n:02d} host {tagged(s, p)}: {m}").encode("utf-16"),
}  # fmt: skip


def read(data: str | bytes) -> Diagnosis:
    raw = data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data
    return diagnose_streams([("log", lambda: io.BufferedReader(io.BytesIO(raw)))])


@pytest.mark.parametrize("name", FORMATS)
def test_format(name: str) -> None:
    found = read(FORMATS[name])
    (incident,) = found.incidents
    cause = incident.causes[0]
    assert (incident.unit, cause.kind.id, cause.times, cause.caused_by) == ("web.service", "oom-memcg", 1, "unit")
    assert cause.says == "web.service reached its memory limit of 1G; the kernel killed java (pid 812, anon-rss 1010M)"
    assert [title for title, _ in incident.symptoms].count("killed by SIGKILL") == 1
    assert not found.errors


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"cat", "dmesg", "dmesg -x", "kmsg"}))
def test_times(name: str) -> None:
    if "monotonic" in name or "delta" in name:
        (incident,) = read(FORMATS[name]).incidents
        assert incident.causes[0].first.time == pytest.approx(4.1, abs=0.2)
        return
    (incident,) = read(FORMATS[name]).incidents
    time = incident.causes[0].first.time
    assert time is not None
    assert time % 86400 == pytest.approx(10 * 3600 + 4, abs=1)


def compressed_by_zstd(data: bytes) -> bytes:
    zstandard = pytest.importorskip("zstandard", reason="zstandard is not installed: nothing to compress with")
    packed: bytes = zstandard.ZstdCompressor().compress(data)
    return packed


@pytest.mark.parametrize("compress", [gzip.compress, lzma.compress, bz2.compress, compressed_by_zstd])
def test_compressed_files(compress: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / "any-name"
    data = FORMATS["short"]
    assert isinstance(data, str)
    path.write_bytes(compress(data.encode()))
    (incident,) = diagnose([str(path)]).incidents
    assert incident.causes[0].kind.id == "oom-memcg"


def test_a_broken_compressed_file_is_told_and_what_was_read_counts(tmp_path: Path) -> None:
    data = FORMATS["short"]
    assert isinstance(data, str)
    (tmp_path / "a.gz").write_bytes(gzip.compress(data.encode() * 200, 1)[:-40])
    found = diagnose([str(tmp_path / "a.gz")])
    assert [incident.unit for incident in found.incidents] == ["web.service"], "what came before the cut is told"
    assert len(found.errors) == 1
    assert "a.gz: reading stopped" in found.errors[0]


def test_zstd_without_a_library_tells_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("zstandard", "backports.zstd", "compression.zstd"):
        monkeypatch.setitem(__import__("sys").modules, name, None)
    (tmp_path / "a.zst").write_bytes(b"\x28\xb5\x2f\xfd" + b"\0" * 20)
    found = diagnose([str(tmp_path / "a.zst")])
    assert "pip install 'unitlint[zstd]'" in found.errors[0]


def test_a_binary_journal_tells_how_to_read_it(tmp_path: Path) -> None:
    (tmp_path / "system.journal").write_bytes(b"LPKSHHRH" + b"\0" * 200)
    assert "journalctl --file" in diagnose([str(tmp_path / "system.journal")]).errors[0]


def test_a_sosreport_holds_logs_and_units(tmp_path: Path) -> None:
    for name in ("var/log/messages", "sos_commands/logs/journalctl_--no-pager_--boot"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(str(FORMATS["short"]))
    (tmp_path / "sos_commands" / "kernel").mkdir()
    (tmp_path / "sos_commands" / "kernel" / "lspci").write_text("web.service: Failed with result 'watchdog'.\n")
    unit = tmp_path / "etc" / "systemd" / "system" / "web.service"
    unit.parent.mkdir(parents=True)
    unit.write_text("[Service]\nExecStart=/usr/bin/java\nMemoryMax=1G\n")
    found = diagnose([str(tmp_path)])
    (incident,) = found.incidents
    assert incident.causes[0].times == 1, "what two files tell of one event counts once"
    assert incident.unit_path == str(unit)
    assert next((line.directive, line.line) for line in incident.causes[0].look_at) == ("Service.MemoryMax", 3)
    assert len(found.sources) == 2


def test_a_folder_without_logs(tmp_path: Path) -> None:
    with pytest.raises(UnitlintError, match="no logs in this directory"):
        diagnose([str(tmp_path)])


STATUS = """\
\x1b[0;1;31m\u00d7\x1b[0m web.service - The web
     Loaded: loaded (/etc/systemd/system/web.service; enabled; preset: enabled)
     Active: failed (Result: exit-code) since Mon 2026-03-02 10:00:00 UTC; 3min ago
   Duration: 12ms
    Process: 700 ExecStartPre=/usr/bin/true (code=exited, status=0/SUCCESS)
    Process: 701 ExecStart=/opt/web/run (code=exited, status=203/EXEC)
   Main PID: 701 (code=exited, status=203/EXEC)
        CPU: 10ms
"""
LOG_OF_STATUS = """
Mar 02 10:00:00 host systemd[1]: Started web.service - The web.
Mar 02 10:00:00 host (run)[701]: web.service: Failed at step EXEC spawning /opt/web/run: No such file or dir…
Mar 02 10:00:00 host systemd[1]: web.service: Main process exited, code=exited, status=203/EXEC
Mar 02 10:00:00 host systemd[1]: web.service: Failed with result 'exit-code'.
"""


@pytest.mark.parametrize("text", [STATUS, STATUS + LOG_OF_STATUS, STATUS.replace("\x1b[0;1;31m\u00d7\x1b[0m", "x")])
def test_a_status_as_pasted(text: str) -> None:
    (incident,) = read(text).incidents
    cause = incident.causes[0]
    assert (incident.unit, cause.kind.id, cause.times) == ("web.service", "exec-failed", 1)


def test_an_old_status() -> None:
    text = (
        "● db.service - DB\n   Loaded: loaded (/lib/systemd/system/db.service; enabled)\n"
        "   Active: failed (Result: core-dump) since Mon 2026-03-02 10:00:00 UTC; 3min ago\n"
        "  Process: 701 ExecStart=/usr/bin/db (code=dumped, signal=SEGV)\n Main PID: 701 (code=dumped, signal=SEGV)\n"
    )
    (incident,) = read(text).incidents
    assert (incident.unit, incident.causes[0].kind.id) == ("db.service", "crashed")


def test_coredumpctl_info() -> None:
    text = (
        "           PID: 701 (db)\n           UID: 0 (root)\n        Signal: 11 (SEGV)\n"
        "     Timestamp: Mon 2026-03-02 10:00:00 UTC (1min ago)\n    Executable: /usr/bin/db\n"
        "          Unit: db.service\n       Message: Process 701 (db) of user 0 dumped core.\n\n"
        "                Stack trace of thread 701:\n"
        "                #0  0x00007fce15312bd0 parse (libdb.so.6 + 0x1bd0)\n"
        "                #1  0x00007fce15824f03 main (db + 0x4f03)\n"
    )
    (incident,) = read(text).incidents
    assert (incident.unit, incident.causes[0].kind.id) == ("db.service", "core-dump")
    assert "parse (libdb.so.6) < main (db)" in incident.causes[0].says


def test_boots_are_kept_apart() -> None:
    one = "Mar 02 10:00:00 host systemd[1]: web.service: Main process exited, code=exited, status=203/EXEC\n"
    text = (
        f"{one}-- Boot {BOOT} --\n{one}-- Reboot --\n{one}Mar 02 11:00:00 host kernel: Linux version 6.1.0 (x)\n{one}"
    )
    assert [incident.boot for incident in read(text).incidents] == ["", BOOT, "boot 2"]


def test_wrapped_lines_are_put_together() -> None:
    text = (
        "Mar 02 10:00:00 host systemd[1]: web.service: Main process exited, code=exi\n"
        "ted, status=217/USER\n"
        "Mar 02 10:00:00 host systemd[1]: web.service: Failed with\nresult 'exit-code'.\n"
    )
    (incident,) = read(text).incidents
    assert incident.causes[0].kind.id == "user-unknown"
    assert dict(incident.symptoms) == {"the unit failed": 1}


def test_what_is_no_log_is_passed_over() -> None:
    text = "# README\n\n{ not json\n{}\n[1, 2]\n\x00\x01\udcff\n-- \n<>\n" * 50
    found = read(text)
    assert (found.incidents, found.errors) == ((), ())


def test_levels_on_a_console() -> None:
    found = read(
        "[ ERR     ] (kmod): static.service: Failed to set up mount namespacing: /run/x: No such file or directory\n"
        "[ NOTICE  ] systemd: static.service: Main process exited, code=exited, status=226/NAMESPACE\n"
        "[ WARNING ] systemd[1]: static.service: Failed with result 'exit-code'.\n"
        "[ INFO ] web: static.service: Start request repeated too quickly.\n"
    )
    (incident,) = found.incidents
    assert (incident.unit, incident.causes[0].kind.id) == ("static.service", "namespace-failed")
    assert dict(incident.symptoms) == {"the unit failed": 1}


OF_PROGRAMS = [
    "I0302 10:00:00.000000     123 kubelet.go:1234] \"SyncLoop\" web.service: Failed with result 'exit-code'.",
    "Mar 02 10:00:00 node kubelet[1]: E0302 10:00:00.000000     1 x.go:1] web.service: Failed with result 'signal'.",
    "2026-03-02T10:00:00.5Z stdout F web.service: Failed with result 'exit-code'.",
    "2026-03-02T10:00:00.5Z stderr P E0302 10:00:00.000000 1 x.go:1] web.service: Failed with result 'exit-code'.",
    json.dumps({"log": "web.service: Failed with result 'exit-code'.\n", "stream": "stdout", "time": "now"}),
    json.dumps({"message": "web.service: Failed with result 'exit-code'.", "level": "error"}),
    json.dumps({"message": "web.service: Failed with result 'exit-code'.", "program": "web"}),
    json.dumps({"log": ["web.service: Failed with result 'exit-code'."]}),
    'time="2026-03-02T10:00:00Z" level=error msg="web.service: Failed with result \'exit-code\'."',
]


@pytest.mark.parametrize("line", OF_PROGRAMS)
def test_what_programs_in_containers_say_is_passed_over(line: str) -> None:
    assert not read(line + "\n").incidents


@pytest.mark.parametrize(
    "line",
    [
        "host systemd[1]: web.service: Failed with result 'timeout'.",
        "10:26:06 host systemd[1]: web.service: Failed with result 'timeout'.",
        "10:26:06 systemd: web.service: Failed with result 'timeout'.",
        "host systemd: web.service: Failed with result 'timeout'.",
        "host (web)[12]: web.service: Failed with result 'timeout'.",
        "`host systemd[1]: web.service: Failed with result 'timeout'.`",
    ],
)
def test_a_line_that_was_pasted_without_its_time(line: str) -> None:
    (incident,) = read(f"{line}\n").incidents
    assert incident.unit == "web.service"


def test_a_node_before_what_talosctl_shows() -> None:
    (incident,) = read(
        "10.0.0.9: kern:    info: [2026-06-04T04:51:57.572Z]: memory: usage 4194304kB, limit 4194304kB, failcnt 2\n"
        "10.0.0.9: kern:    info: [2026-06-04T04:51:57.575584906Z]: Memory cgroup stats for /kubepods/burstable/pod8:\n"
    ).incidents
    assert (incident.causes[0].kind.id, incident.causes[0].caused_by) == ("oom-memcg", "environment")


def test_the_mark_of_a_link_to_documentation() -> None:
    (incident,) = read(
        "Feb 03 22:33:51 host systemd-coredump[8]: [\U0001f855] Process 7 (web) of user 0 dumped core.\n"
    ).incidents
    assert incident.causes[0].kind.id == "core-dump"


def test_on_the_screen_the_line_below_names_the_unit() -> None:
    (incident,) = read(
        "[FAILED] Failed to mount Data (/data).\n"
        "See 'systemctl status data.mount' for details.\n"
        "[DEPEND] Dependency failed for Jobs (/data/jobs).\n"
        "[DEPEND] Dependency failed for Web shop.\n"
    ).incidents
    assert (incident.unit, [one.unit for one in incident.dependents]) == (
        "data.mount",
        ["Jobs (/data/jobs)", "Web shop"],
    )
