"""An editor without a window: it talks to a server in the same process, as editors do over a pipe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from unitlint.lsp.server import Server

MARK = "‸"
EVERYTHING: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "tagSupport": {"valueSet": [1, 2]}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "codeAction": {"resolveSupport": {"properties": ["edit"]}},
    },
    "workspace": {
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
}
"""The capabilities of an editor that can do everything, but does not ask for diagnostics itself."""


class Editor:
    """Opens, changes and asks; what the server says meanwhile is kept."""

    def __init__(self, folder: Path | None, capabilities: dict[str, Any] | None = None, **more: Any) -> None:
        self.messages: list[dict[str, Any]] = []
        self.server = Server(self.messages.append)
        self.texts: dict[str, str] = {}
        self._versions: dict[str, int] = {}
        self._requests = 0
        self.capabilities = EVERYTHING if capabilities is None else capabilities
        root = None if folder is None else folder.as_uri()
        parameters = {"processId": None, "rootUri": root, "capabilities": self.capabilities, **more}
        self.initialized = self.ask("initialize", parameters)
        self.tell("initialized", {})

    def ask(self, method: str, parameters: Any) -> Any:
        """The result of a request; a refusal is a RuntimeError."""
        answer = self.answer(method, parameters)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]

    def answer(self, method: str, parameters: Any) -> dict[str, Any]:
        """The whole answer to a request."""
        self._requests += 1
        self.server.handle({"jsonrpc": "2.0", "id": self._requests, "method": method, "params": parameters})
        self.server.idle()
        return next(one for one in reversed(self.messages) if one.get("id") == self._requests and "method" not in one)

    def tell(self, method: str, parameters: Any) -> None:
        """A notification, and what the server does about it."""
        self.server.handle({"jsonrpc": "2.0", "method": method, "params": parameters})
        self.server.idle()

    def open(self, where: Path | str, text: str | None = None, language: str = "systemd") -> str:
        """Opens a file or a buffer; gives back its URI."""
        uri = where.as_uri() if isinstance(where, Path) else where
        if text is None:
            assert isinstance(where, Path)
            text = where.read_bytes().decode("utf-8", "replace")
        self.texts[uri], self._versions[uri] = text, 1
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        return uri

    def replace(self, uri: str, text: str) -> None:
        """The whole text becomes another one."""
        self.change(uri, [{"text": text}])
        self.texts[uri] = text

    def change(self, uri: str, changes: list[dict[str, Any]]) -> None:
        """Changes as the protocol writes them."""
        self._versions[uri] += 1
        document = {"uri": uri, "version": self._versions[uri]}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def close(self, uri: str) -> None:
        """Closes a document."""
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def at(self, method: str, uri: str, line: int, character: int, **more: Any) -> Any:
        """The result of a request about a place (lines and columns from 0)."""
        position = {"line": line, "character": character}
        return self.ask(method, {"textDocument": {"uri": uri}, "position": position, **more})

    def at_mark(self, method: str, where: Path | str, marked: str, language: str = "systemd", **more: Any) -> Any:
        """Opens a text without its mark, and asks about the place where it stood."""
        before, mark, after = marked.partition(MARK)
        assert mark, "no mark in the text"
        uri = self.open(where, before + after, language)
        line = before.count("\n")
        return self.at(method, uri, line, len(before.rpartition("\n")[2]), **more)

    def published(self, uri: str) -> list[dict[str, Any]]:
        """What was last published about a document."""
        for message in reversed(self.messages):
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found
        raise AssertionError(f"nothing was published about {uri}")

    def codes(self, uri: str) -> list[str]:
        """The codes of what was last published about a document."""
        return [one["code"] for one in self.published(uri) if "code" in one]

    def logged(self) -> list[str]:
        """The lines of the log."""
        return [one["params"]["message"] for one in self.messages if one.get("method") == "window/logMessage"]

    def action(self, uri: str, line: int, title: str) -> dict[str, Any]:
        """The code action on a line whose title begins so, with its edit."""
        place = {"line": line, "character": 0}
        parameters = {
            "textDocument": {"uri": uri},
            "range": {"start": place, "end": place},
            "context": {"diagnostics": []},
        }
        actions = self.ask("textDocument/codeAction", parameters)
        found = next((one for one in actions if one["title"].startswith(title)), None)
        assert found is not None, f"{title!r} is not among {[one['title'] for one in actions]}"
        return found if "edit" in found else self.ask("codeAction/resolve", found)

    def applied(self, uri: str, edits: list[dict[str, Any]]) -> str:
        """The text of a document after edits that count from one and the same state."""
        return apply_edits(self.texts[uri], edits)

    def after(self, uri: str, action: dict[str, Any]) -> str:
        """The text of a document after a code action."""
        changes = next(one for one in action["edit"]["documentChanges"] if one["textDocument"]["uri"] == uri)
        return self.applied(uri, changes["edits"])


def offset_of(text: str, position: dict[str, int]) -> int:
    """The offset of a position in UTF-16 units, worked out the slow way."""
    lines = text.replace("\r\n", "\n\0").replace("\r", "\n").split("\n")
    before = sum(len(line) + 1 for line in lines[: position["line"]])
    if position["line"] < len(lines) and position["line"] > 0 and lines[position["line"]].startswith("\0"):
        before += 1
    units = text[before:].encode("utf-16-le", "surrogatepass")[: 2 * position["character"]]
    return before + len(units.decode("utf-16-le", "surrogatepass"))


def apply_edits(text: str, edits: list[dict[str, Any]]) -> str:
    """The text after edits, the last of which is applied first."""
    placed = [
        (offset_of(text, edit["range"]["start"]), offset_of(text, edit["range"]["end"]), edit["newText"])
        for edit in edits
    ]
    for start, end, new in sorted(placed, reverse=True):
        text = text[:start] + new + text[end:]
    return text
