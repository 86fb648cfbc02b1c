"""How long an editor waits for `unitlint lsp`: `python benchmarks/lsp.py [--quick]`.

CPU times, as other work on a machine does not count in them: of the whole process for the start, of the server's
thread for everything else. The folder holds 500 units; the text is a service of 200 lines with three drop-ins.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
UNITS = 500
CAPABILITIES = {
    "textDocument": {"publishDiagnostics": {"relatedInformation": True, "tagSupport": {"valueSet": [1, 2]}}}
}


def main() -> int:
    """Measures and prints a line each, with what is promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = make_folder(folder)
        start(folder, 3 if quick else 10)
        editor = Editor(folder)
        opening(editor, folder, text)
        typing(editor, text, 50 if quick else 300)
        asking(editor, 20 if quick else 100)
        growth(editor, 1_000 if quick else 10_000)
    return 0


def make_folder(folder: Path) -> str:
    """500 units; gives back the text of the service of 200 lines."""
    for number in range(UNITS - 3):
        wants = f"svc{max(number - 1, 0)}.service"
        if number % 5 == 3:
            (folder / f"svc{number}.timer").write_text(
                f"[Unit]\nDescription=Timer {number}\n\n[Timer]\nOnCalendar=daily\nUnit={wants}\n\n"
                "[Install]\nWantedBy=timers.target\n"
            )
            continue
        (folder / f"svc{number}.service").write_text(
            f"[Unit]\nDescription=Service {number}\nAfter=network.target {wants}\nWants={wants}\n\n[Service]\n"
            f"ExecStart=/usr/bin/svc{number}\nMemoryMax=1G\nRestart=on-failure\nUser=u{number}\n"
            "ProtectSystem=strict\n\n[Install]\nWantedBy=multi-user.target\n"
        )
    (folder / "big.slice").write_text("[Unit]\nDescription=Slice\n\n[Slice]\nMemoryMax=4G\n")
    drop_ins = folder / "big.service.d"
    drop_ins.mkdir()
    (drop_ins / "10-memory.conf").write_text("[Service]\nMemoryMax=2G\n")
    (drop_ins / "20-restart.conf").write_text("[Service]\nRestart=always\nRestartSec=10s\n")
    (drop_ins / "30-limits.conf").write_text("[Service]\nLimitNOFILE=65536\nEnvironment=DEBUG=1\n")
    lines = [
        "[Unit]", "Description=Big", "After=network-online.target svc1.service",
        "Wants=network-online.target svc1.service", "", "[Service]", "Type=notify",
        "ExecStart=/usr/bin/big --serve --config /etc/big.conf", "User=big", "MemoryMax=1G", "MemoryHigh=900M",
        "Restart=on-failure", "RestartSec=5s", "TimeoutStopSec=30s", "ProtectSystem=strict", "ProtectHome=yes",
        "PrivateTmp=yes", "NoNewPrivileges=yes", "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
        "SystemCallFilter=@system-service", "Slice=big.slice",
    ]  # fmt: skip
    lines += [f"# part {n}" if n % 2 else f"Environment=VARIABLE_{n}=value-{n}" for n in range(197 - len(lines))]
    text = "\n".join([*lines, "", "[Install]", "WantedBy=multi-user.target", ""])
    (folder / "big.service").write_text(text)
    return text


def start(folder: Path, times: int) -> None:
    """Process start to the answer to initialize, beside an empty Python."""
    hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize"}
    messages = [
        {**hello, "params": {"capabilities": CAPABILITIES, "rootUri": folder.as_uri()}},
        {"jsonrpc": "2.0", "id": 2, "method": "shutdown"},
        {"jsonrpc": "2.0", "method": "exit"},
    ]
    data = b"".join(_framed(message) for message in messages)
    own = min(_cpu([sys.executable, "-m", "unitlint", "lsp"], data) for _ in range(times))
    empty = min(_cpu([sys.executable, "-c", "pass"], b"") for _ in range(times))
    _say("initialize, from a cold start", own, 100, f"an empty Python: {empty:.0f} ms")


def _framed(message: dict[str, Any]) -> bytes:
    data = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(data), data)


def _cpu(command: list[str], data: bytes) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, input=data, stdout=subprocess.DEVNULL, env=ENVIRONMENT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


class Editor:
    """A client in the same process."""

    def __init__(self, folder: Path) -> None:
        sys.path.insert(0, str(ROOT / "src"))
        from unitlint.lsp.server import Server

        self.answers: list[dict[str, Any]] = []
        self.server = Server(self.answers.append)
        self.uri = (folder / "big.service").as_uri()
        self.version = 1
        self.ask("initialize", {"capabilities": CAPABILITIES, "rootUri": folder.as_uri()})
        self.tell("initialized", {})

    def ask(self, method: str, parameters: dict[str, Any]) -> Any:
        """A request."""
        self.answers.clear()
        self.server.handle({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters})
        if "result" not in self.answers[-1]:
            raise SystemExit(f"{method} failed: {self.answers[-1]}")
        return self.answers[-1]["result"]

    def tell(self, method: str, parameters: dict[str, Any]) -> None:
        """A notification, and what follows from it."""
        self.answers.clear()
        self.server.handle({"jsonrpc": "2.0", "method": method, "params": parameters})
        self.server.idle()

    def type(self, line: int, start: int, end: int, text: str) -> None:
        """One edit within a line."""
        self.version += 1
        span = {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}
        document = {"uri": self.uri, "version": self.version}
        self.tell(
            "textDocument/didChange", {"textDocument": document, "contentChanges": [{"range": span, "text": text}]}
        )
        if not any(one.get("method") == "textDocument/publishDiagnostics" for one in self.answers):
            raise SystemExit("an edit was answered by no diagnostics")


def _timed(action: Callable[[], object]) -> float:
    begin = time.process_time()
    action()
    return 1000 * (time.process_time() - begin)


def opening(editor: Editor, folder: Path, text: str) -> None:
    """The text with its findings, then those of the folder."""
    item = {"uri": editor.uri, "languageId": "systemd", "version": 1, "text": text}
    first = _timed(lambda: editor.tell("textDocument/didOpen", {"textDocument": item}))
    whole = _timed(lambda: editor.ask("workspace/diagnostic", {"previousResultIds": []}))
    _say(
        f"opening: findings of the text, then of a folder of {UNITS} units",
        first + whole,
        1500,
        f"{first:.0f} ms for the text",
    )


def typing(editor: Editor, text: str, times: int) -> None:
    """Findings after each keystroke: a value is deleted and written again, letter by letter."""
    line = text.split("\n").index("Restart=on-failure")
    taken = []
    for number in range(times):
        column = 8 + number % 10
        if number % 20 < 10:
            taken.append(_timed(lambda: editor.type(line, 8, 9, "")))
        else:
            taken.append(_timed(lambda at=column: editor.type(line, at, at, "on-failure"[at - 8])))
    taken.sort()
    median, p95 = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
    _say("findings after a keystroke, 95th percentile", p95, 20, f"median {median:.1f} ms")


def asking(editor: Editor, times: int) -> None:
    """Completion and hover, each right after an edit, as they come while one types."""
    places = {
        "completion of a directive": ("textDocument/completion", 10, 3),
        "completion of a unit name": ("textDocument/completion", 2, 26),
        "hover on a directive": ("textDocument/hover", 9, 3),
        "hover on a value": ("textDocument/hover", 12, 12),
    }
    for what, (method, line, column) in places.items():
        parameters = {
            "textDocument": {"uri": editor.uri},
            "position": {"line": line, "character": column},
        }
        editor.ask(method, parameters)
        taken = []
        for number in range(times):
            editor.type(1, 12, 15 if number == 0 else 13, "B")
            taken.append(_timed(partial(editor.ask, method, parameters)))
        taken.sort()
        _say(f"{what}, 95th percentile", taken[int(len(taken) * 0.95)], 10, f"median {taken[len(taken) // 2]:.1f} ms")


def growth(editor: Editor, edits: int) -> None:
    """Memory before and after many edits."""
    for number in range(200):
        editor.type(1, 12, 13, "ab"[number % 2])
    before = _resident()
    for number in range(edits):
        editor.type(1, 12, 13, "ab"[number % 2])
    after = _resident()
    print(f"memory after {edits:,} edits: {after / 1024:.0f} MB, {(after - before) / 1024:+.1f} MB (promised: flat)")


def _resident() -> int:
    """Kilobytes in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


def _say(what: str, taken: float, promised: float, beside: str) -> None:
    mark = "" if taken <= promised else "  MISSED"
    print(f"{what}: {taken:.1f} ms (promised: {promised:g} ms; {beside}){mark}")


if __name__ == "__main__":
    sys.exit(main())
