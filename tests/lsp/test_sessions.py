"""Every feature over the pipe, with a client that other language servers are tested with (pytest-lsp).

It checks what the server says against the types of the protocol. `tox -e lsp` brings it.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.lsp.conftest import BROKEN

pytest_lsp = pytest.importorskip("pytest_lsp", reason="pytest-lsp is not installed: `tox -e lsp` runs these")
types = pytest.importorskip("lsprotocol.types")

TEXT = (
    BROKEN.replace("=Web", "=𝄞 Web")
    .replace("/usr/bin/web", "/usr/bin/web %n")
    .replace("RestartSec=5s", "RestartSec=90min")
)


@pytest.fixture
def folder(folder: Path) -> Path:
    """The workspace, with a text in which there is something to find."""
    (folder / "web.service").write_text(TEXT)
    return folder


@pytest_lsp.fixture(
    config=pytest_lsp.ClientServerConfig(server_command=[sys.executable, "-m", "unitlint", "lsp", "--stdio"])
)
async def client(lsp_client: pytest_lsp.LanguageClient, folder: Path) -> AsyncIterator[None]:
    """A session as Visual Studio Code begins it."""

    @lsp_client.feature("client/registerCapability")
    def _(*_: object) -> None:
        """Watching files is the editor's business."""

    capabilities = pytest_lsp.client_capabilities("visual-studio-code")
    capabilities.text_document.diagnostic = None  # what is sent without being asked for
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities,
            workspace_folders=[types.WorkspaceFolder(uri=folder.as_uri(), name="units")],
        )
    )
    yield
    await lsp_client.shutdown_session()


async def opened(client: pytest_lsp.LanguageClient, path: Path) -> str:
    """Opens a file, and waits for what is said of it."""
    item = types.TextDocumentItem(uri=path.as_uri(), language_id="systemd", version=1, text=path.read_text())
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    await client.wait_for_notification("textDocument/publishDiagnostics")
    return path.as_uri()


def at(uri: str, line: int, character: int) -> dict[str, object]:
    """The document and position of a request."""
    return {
        "text_document": types.TextDocumentIdentifier(uri=uri),
        "position": types.Position(line=line, character=character),
    }


@pytest.mark.asyncio
async def test_diagnostics_follow_typing(client: pytest_lsp.LanguageClient, folder: Path) -> None:
    uri = await opened(client, folder / "web.service")
    assert "UL103" in [one.code for one in client.diagnostics[uri]]
    span = types.Range(start=types.Position(line=9, character=15), end=types.Position(line=9, character=15))
    change = types.TextDocumentContentChangePartial(range=span, text="ure")
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            text_document=types.VersionedTextDocumentIdentifier(uri=uri, version=2), content_changes=[change]
        )
    )
    await client.wait_for_notification("textDocument/publishDiagnostics")
    assert "UL103" not in [one.code for one in client.diagnostics[uri]]


@pytest.mark.asyncio
async def test_diagnostics_can_be_asked_for(client: pytest_lsp.LanguageClient, folder: Path) -> None:
    uri = await opened(client, folder / "web.service")
    document = types.TextDocumentIdentifier(uri=uri)
    report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(text_document=document))
    assert "UL103" in [one.code for one in report.items]
    whole = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(previous_result_ids=[]))
    assert uri in [one.uri for one in whole.items]


@pytest.mark.asyncio
async def test_code_actions(client: pytest_lsp.LanguageClient, folder: Path) -> None:
    uri = await opened(client, folder / "web.service")
    place = types.Position(line=9, character=9)
    parameters = types.CodeActionParams(
        text_document=types.TextDocumentIdentifier(uri=uri),
        range=types.Range(start=place, end=place),
        context=types.CodeActionContext(diagnostics=[]),
    )
    actions = await client.text_document_code_action_async(parameters)
    titles = [one.title for one in actions]
    assert any(one.is_preferred for one in actions)
    assert any(title.startswith("Ignore UL103") for title in titles)
    for action in actions:
        resolved = action if action.edit else await client.code_action_resolve_async(action)
        assert resolved.edit is not None
    assert any(title.startswith("Fix all") for title in titles)
    assert any(title.startswith("Add a drop-in that hardens") for title in titles)


@pytest.mark.asyncio
async def test_completion_and_its_documentation(client: pytest_lsp.LanguageClient, folder: Path) -> None:
    uri = await opened(client, folder / "web.service")
    found = await client.text_document_completion_async(types.CompletionParams(**at(uri, 9, 3)))
    item = next(one for one in found.items if one.label == "Restart=")
    resolved = await client.completion_item_resolve_async(item)
    assert "on-failure" in resolved.documentation.value
    values = await client.text_document_completion_async(types.CompletionParams(**at(uri, 9, 10)))
    assert "on-failure" in [one.label for one in values.items]


@pytest.mark.asyncio
async def test_hover(client: pytest_lsp.LanguageClient, folder: Path) -> None:
    uri = await opened(client, folder / "web.service")
    directive = await client.text_document_hover_async(types.HoverParams(**at(uri, 7, 2)))
    assert "`2G` from" in directive.contents.value
    span = await client.text_document_hover_async(types.HoverParams(**at(uri, 8, 13)))
    assert "1 hour 30 minutes" in span.contents.value
    specifier = await client.text_document_hover_async(types.HoverParams(**at(uri, 4, 24)))
    assert "`web.service`" in specifier.contents.value
    assert await client.text_document_hover_async(types.HoverParams(**at(uri, 2, 0))) is None


@pytest.mark.asyncio
async def test_definition_and_references(client: pytest_lsp.LanguageClient, folder: Path) -> None:
    uri = await opened(client, folder / "web.service")
    found = await client.text_document_definition_async(types.DefinitionParams(**at(uri, 6, 8)))
    assert [one.uri for one in found] == [(folder / "web.slice").as_uri()]
    context = types.ReferenceContext(include_declaration=False)
    used = await client.text_document_references_async(types.ReferenceParams(**at(uri, 3, 2), context=context))
    assert [one.uri for one in used] == [(folder / "report.timer").as_uri()]


@pytest.mark.asyncio
async def test_outline_folding_and_hints(client: pytest_lsp.LanguageClient, folder: Path) -> None:
    uri = await opened(client, folder / "web.service")
    document = types.TextDocumentIdentifier(uri=uri)
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=document))
    assert [one.name for one in symbols] == ["[Unit]", "[Service]", "[Install]"]
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(text_document=document))
    assert (3, 9) in [(one.start_line, one.end_line) for one in folds]
    whole = types.Range(start=types.Position(line=0, character=0), end=types.Position(line=99, character=0))
    parameters = types.InlayHintParams(text_document=document, range=whole)
    hints = await client.text_document_inlay_hint_async(parameters)
    assert [one.label for one in hints] == ["→ 2G (10-memory.conf:2)"]


@pytest.mark.asyncio
async def test_formatting(client: pytest_lsp.LanguageClient, folder: Path) -> None:
    path = folder / "loose.service"
    path.write_text("[Service]\nExecStart = /usr/bin/x\n")
    uri = await opened(client, path)
    options = types.FormattingOptions(tab_size=4, insert_spaces=True)
    parameters = types.DocumentFormattingParams(text_document=types.TextDocumentIdentifier(uri=uri), options=options)
    (edit,) = await client.text_document_formatting_async(parameters)
    assert edit.new_text == "ExecStart=/usr/bin/x\n"
    whole = types.Range(start=types.Position(line=0, character=0), end=types.Position(line=0, character=0))
    ranged = types.DocumentRangeFormattingParams(
        text_document=types.TextDocumentIdentifier(uri=uri), range=whole, options=options
    )
    assert not await client.text_document_range_formatting_async(ranged)


@pytest.mark.asyncio
async def test_a_mistake_in_a_request_is_an_error_and_the_session_goes_on(
    client: pytest_lsp.LanguageClient, folder: Path
) -> None:
    with pytest.raises(Exception, match="not open"):
        await client.text_document_hover_async(types.HoverParams(**at("file:///nowhere.service", 0, 0)))
    uri = await opened(client, folder / "web.service")
    assert await client.text_document_hover_async(types.HoverParams(**at(uri, 7, 2))) is not None
