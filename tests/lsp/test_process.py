"""The server as a process of its own: over the pipe, to its end, and what it reads meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.lsp.conftest import WEB

WIRE = "Content-Length: {}\r\n\r\n{}"


def run_server(data: bytes) -> subprocess.CompletedProcess[bytes]:
    """The server as a process, given all of its input at once."""
    command = [sys.executable, "-m", "unitlint", "lsp", "--stdio"]
    return subprocess.run(command, input=data, capture_output=True, timeout=300, check=False)


def wire(*messages: Any) -> bytes:
    """Messages as they go over the pipe."""
    texts = [message if isinstance(message, str) else json.dumps(message) for message in messages]
    return "".join(WIRE.format(len(text.encode()), text) for text in texts).encode()


def test_the_process_answers_and_ends(tmp_path: Path) -> None:
    hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}
    goodbye = [{"jsonrpc": "2.0", "id": 2, "method": "shutdown"}, {"jsonrpc": "2.0", "method": "exit"}]
    done = run_server(wire(hello) + b"rubbish\r\n" + wire("{", *goodbye))
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.count(b"Content-Length:") == 3
    assert b'"code":-32700' in done.stdout
    del tmp_path


def test_the_process_ends_with_its_client() -> None:
    assert run_server(b"").returncode == 1


def test_nothing_outside_of_the_workspace_is_read(folder: Path, tmp_path: Path) -> None:
    """Not even where a drop-in has no unit and the git repository around reaches further."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "lonely.service").write_text("[Service]\nExecStart=/usr/bin/x\n")
    (folder / "lonely.service.d").mkdir()
    drop_in = folder / "lonely.service.d" / "a.conf"
    drop_in.write_text("[Service]\nNice=5\n")
    texts = [(drop_in, drop_in.read_text()), (folder / "web.service", WEB)]
    position = {"line": 5, "character": 1}
    messages: list[Any] = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "rootUri": folder.as_uri()}},
    ]
    for path, text in texts:
        item = {"uri": path.as_uri(), "languageId": "systemd", "version": 1, "text": text}
        messages.append({"method": "textDocument/didOpen", "params": {"textDocument": item}})
    document = {"textDocument": {"uri": (folder / "web.service").as_uri()}}
    for number, method in enumerate(("completion", "hover", "definition", "references", "inlayHint"), 2):
        whole = {"start": {"line": 0, "character": 0}, "end": position}
        parameters = {**document, "position": position, "range": whole}
        messages.append({"id": number, "method": f"textDocument/{method}", "params": parameters})
    messages += [
        {"id": 8, "method": "workspace/diagnostic", "params": {"previousResultIds": []}},
        {"id": 9, "method": "shutdown"},
        {"method": "exit"},
    ]
    listener = tmp_path / "listener.py"
    listener.write_text(LISTENER)
    command = [sys.executable, str(listener), str(folder)]
    data = wire(*({"jsonrpc": "2.0", **message} for message in messages))
    done = subprocess.run(command, input=data, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b'"result"') == 8
    assert done.stderr.decode().splitlines() == []
    assert not os.path.exists(folder / "lonely.service")


LISTENER = """
import os, sys
folder = os.path.realpath(sys.argv[1])
import unitlint
source = os.path.dirname(os.path.dirname(unitlint.__file__))
allowed = (folder, sys.prefix, sys.base_prefix, source, os.path.dirname(source) + "/rules", "/dev/null")
allowed += (os.path.expanduser("~/.cache"),)
settings = (".unitlint.toml", "unitlint.toml", "pyproject.toml", "tox.ini", "setup.cfg", ".gitignore")
def listen(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str):
        path = os.path.realpath(arguments[0])
        if not path.startswith(allowed) and os.path.basename(path) not in settings:
            print(event, path, file=sys.stderr)
    elif event.startswith("socket.") or event == "subprocess.Popen":
        print(event, arguments, file=sys.stderr)
sys.addaudithook(listen)
from unitlint.lsp.server import serve
sys.exit(serve(sys.stdin.buffer, sys.stdout.buffer))
"""
