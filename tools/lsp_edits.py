"""Random edits against the language server: `python tools/lsp_edits.py [--edits 100000] [--seed N]`.

A typist inserts, deletes, replaces and takes back, in incremental ranges of UTF-16 units. After each edit the
server's text must equal the typist's, and its findings must equal those of `unitlint check` of that text, which is
written to a second folder for this. Each session of 2,500 edits has its own seed; `--jobs N` runs N at a time.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from unitlint import api
from unitlint.lsp.positions import Positions
from unitlint.lsp.server import Server

PIECES = (
    "[Unit]\n", "[Service]\n", "[Install]\n", "[Timer]\n", "\n", "\r\n", "\\\n", "# a comment\n", "; another\n",
    "=", "%", "%i", " ", "ExecStart=/usr/bin/web --serve\n", "ExecStart=\n", "Restart=on-failure\n",
    "Restart=on-fail\n", "MemoryMax=512MB\n", "MemoryMax=1G\n", "Type=forking\n", "User=web\n",
    "After=network.target\n", "Requires=db.service\n", "# unitlint: ignore[UL103] reason\n",
    "Environment=A=ö B=€ C=𝄞\n", "Description=𝄞 música\n", "ä", "𝄞", "x", "\t", "\0",
    "WantedBy=multi-user.target\n", "PrivateTmp=maybe\n", "\ufeff", "TimeoutStopSec=5 minutes\n", "[", "]",
)  # fmt: skip
BEGINNING = "[Unit]\nDescription=Web\n\n[Service]\nExecStart=/usr/bin/web\n"
MOST_CHARACTERS = 2_000
EDITS_OF_A_SESSION = 2_500


class Typist:
    """Keeps the text as an editor would, and tells the server of every change in ranges."""

    def __init__(self, seed: int, folder: Path | None = None) -> None:
        self._random = random.Random(seed)
        self._undo: list[str] = []
        self.text = BEGINNING
        self.path = "/nowhere/web.service" if folder is None else str(folder / "web.service")
        self.server = Server(self._take)
        self.shown: list[dict[str, Any]] = []
        self.uri = Path(self.path).as_uri()
        self._version = 1
        capabilities = {"textDocument": {"publishDiagnostics": {"relatedInformation": True}}}
        self._send("initialize", {"capabilities": capabilities, "rootUri": Path(self.path).parent.as_uri()}, 1)
        item = {"uri": self.uri, "languageId": "systemd", "version": 1, "text": self.text}
        self._send("textDocument/didOpen", {"textDocument": item})

    def edit(self, *, publish: bool = True) -> None:
        """One edit at a random place; several of them in one message now and then."""
        changes = [self._change() for _ in range(self._random.choice((1, 1, 1, 2)))]
        self._version += 1
        document = {"uri": self.uri, "version": self._version}
        self._send("textDocument/didChange", {"textDocument": document, "contentChanges": changes}, publish=publish)

    def _change(self) -> dict[str, Any]:
        what = self._random.random()
        if what < 0.1 and self._undo:
            return self._replaced(0, len(self.text), self._undo.pop())
        if what < 0.12:
            self.text = BEGINNING
            return {"text": self.text}
        start = self._random.randrange(len(self.text) + 1)
        length = self._random.choice((0, 0, 1, 1, 2, 5, 40)) if len(self.text) < MOST_CHARACTERS else 300
        new = "" if what < 0.3 else self._random.choice(PIECES)
        self._undo.append(self.text)
        del self._undo[:-50]
        return self._replaced(start, min(start + length, len(self.text)), new)

    def _replaced(self, start: int, end: int, new: str) -> dict[str, Any]:
        positions = Positions(self.text)
        # Between \r and \n there is no place that the protocol could name.
        start, end = (positions.offset(positions.position(offset)) for offset in (start, end))
        span = positions.range(start, end)
        self.text = self.text[:start] + new + self.text[end:]
        return {"range": span, "text": new}

    def _send(self, method: str, parameters: Any, request: int | None = None, *, publish: bool = True) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": parameters}
        self.server.handle(message if request is None else {**message, "id": request})
        if publish:
            self.server.idle()

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("method") == "window/logMessage" or "error" in message:
            raise AssertionError(message)
        if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == self.uri:
            self.shown = message["params"]["diagnostics"]


def differences(typist: Typist, twin: Path | None = None) -> list[str]:
    """What differs between the server and the typist, and between its findings and those of the command.

    ``twin`` is a file that stands for the typist's in a folder like its own: the text is written there and checked as a
    file. Without it, the text is checked in place of the file.
    """
    document = typist.server.session.documents.get(typist.uri)
    if document is None or document.text != typist.text:
        return ["the texts differ"]
    typist.server.idle()
    if twin is None:
        path, report = typist.path, api.check_overlay({typist.path: typist.text})
    else:
        twin.write_bytes(typist.text.encode("utf-8", "surrogatepass"))
        path, report = str(twin), api.check_paths([twin])
    positions = Positions(typist.text)
    wanted = [
        (
            finding.code,
            positions.system_range(finding.line, finding.column, finding.end_line, finding.end_column),
            finding.message,
        )
        for finding in report.findings
        if finding.path == path
    ]
    shown = [(each["code"], each["range"], each["message"].partition("\nhelp: ")[0]) for each in typist.shown]
    both = [*wanted, *shown]
    return [f"only one side says {finding}" for finding in both if wanted.count(finding) != shown.count(finding)]


def main() -> int:
    """Types, compares, and says at which edit something differed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=100_000)
    parser.add_argument(
        "--compare-every", type=int, default=1, metavar="N", help="compare findings at every Nth edit only"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="run N sessions at a time")
    arguments = parser.parse_args()
    edits = min(arguments.edits, EDITS_OF_A_SESSION)
    sessions = -(-arguments.edits // edits)
    seeds = range(arguments.seed, arguments.seed + sessions)
    session = partial(typed, edits=edits, every=arguments.compare_every)
    failed = False
    with multiprocessing.Pool(max(1, arguments.jobs)) as pool:
        for number, wrong in enumerate(pool.imap_unordered(session, seeds), 1):
            print(f"session {number} of {sessions}, {edits:,} edits: {wrong or 'all equal'}", flush=True)
            failed = failed or bool(wrong)
    if failed:
        return 1
    compared = sessions * (edits // arguments.compare_every)
    print(f"{sessions * edits:,} edits: the texts were equal after each, the findings after {compared:,}")
    return 0


def typed(seed: int, edits: int, every: int) -> str:
    """One session; what differed, or ""."""
    with tempfile.TemporaryDirectory() as name:
        folder, twin = Path(name) / "edited", Path(name) / "on-disk"
        (folder / "web.service.d").mkdir(parents=True)
        (folder / "web.service.d" / "10.conf").write_text("[Service]\nMemoryMax=2G\nRestart=always\n")
        (folder / "db.service").write_text("[Service]\nExecStart=/usr/bin/db\n")
        shutil.copytree(folder, twin)
        typist = Typist(seed, folder)
        for number in range(1, edits + 1):
            compares = number % every == 0
            typist.edit(publish=compares)
            document = typist.server.session.documents.get(typist.uri)
            wrong = differences(typist, twin / "web.service") if compares else []
            if document is None or document.text != typist.text or wrong:
                return f"seed {seed}, edit {number}: {wrong or 'the texts differ'}\n{typist.text!r}"
    return ""


if __name__ == "__main__":
    sys.exit(main())
