// Starts `unitlint lsp` and hands its answers to Visual Studio Code.
"use strict";

const vscode = require("vscode");
const { Client } = require("./client");
const convert = require("./convert")(vscode);

const LANGUAGES = ["systemd", "yaml", "jinja"];
const MOST_STARTS = 3;
const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeAction: { resolveSupport: { properties: ["edit"] } },
  },
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } },
};

let client;
let starts = 0;

const isOurs = (document) => LANGUAGES.includes(document.languageId);
const identify = (document) => ({ textDocument: { uri: document.uri.toString() } });
const ask = (document, method, parameters, token) =>
  client.request(`textDocument/${method}`, { ...identify(document), ...parameters }, token);

async function start(context, diagnostics, log) {
  starts += 1;
  const configuration = vscode.workspace.getConfiguration("unitlint");
  const started = new Client(configuration.get("path"), ["lsp"], (method, parameters) => {
    if (method === "textDocument/publishDiagnostics") {
      diagnostics.set(vscode.Uri.parse(parameters.uri), parameters.diagnostics.map(convert.diagnostic));
    } else if (method === "window/logMessage") {
      log.appendLine(parameters.message);
    } else if (method === "window/showMessage") {
      vscode.window.showWarningMessage(parameters.message);
    }
  });
  client = started;
  client.process.stderr.on("data", (data) => log.append(data.toString()));
  client.ended.then((reason) => {
    if (client !== started) return;
    diagnostics.clear();
    log.appendLine(`unitlint lsp ended: ${reason}`);
    if (starts < MOST_STARTS) start(context, diagnostics, log);
    else vscode.window.showErrorMessage(`unitlint lsp cannot be started (${reason}); is unitlint installed?`);
  });
  const folders = vscode.workspace.workspaceFolders ?? [];
  try {
    await client.request("initialize", {
      processId: process.pid,
      capabilities: CAPABILITIES,
      workspaceFolders: folders.map((one) => ({ uri: one.uri.toString(), name: one.name })),
      initializationOptions: { settings: configuration.get("settings") },
    });
  } catch {
    return; // it has ended, which is said above
  }
  client.notify("initialized", {});
  vscode.workspace.textDocuments.forEach(open);
}

function open(document) {
  if (!isOurs(document)) return;
  const { languageId, version } = document;
  const item = { ...identify(document).textDocument, languageId, version, text: document.getText() };
  client.notify("textDocument/didOpen", { textDocument: item });
}

function change(event) {
  if (!isOurs(event.document) || event.contentChanges.length === 0) return;
  const { uri, version } = event.document;
  const contentChanges = event.contentChanges.map((one) => ({ range: one.range, text: one.text }));
  client.notify("textDocument/didChange", { textDocument: { uri: uri.toString(), version }, contentChanges });
}

const providers = () => ({
  Hover: { provideHover: async (document, position, token) => {
    const found = await ask(document, "hover", { position }, token);
    return found && { contents: [convert.markdown(found.contents.value)], range: found.range && convert.range(found.range) };
  } },
  Definition: { provideDefinition: async (document, position, token) =>
    (await ask(document, "definition", { position }, token)).map(convert.location) },
  Reference: { provideReferences: async (document, position, context, token) =>
    (await ask(document, "references", { position, context }, token)).map(convert.location) },
  DocumentSymbol: { provideDocumentSymbols: async (document, token) =>
    (await ask(document, "documentSymbol", {}, token)).map(convert.symbol) },
  FoldingRange: { provideFoldingRanges: async (document, _context, token) =>
    (await ask(document, "foldingRange", {}, token)).map(convert.fold) },
  InlayHints: { provideInlayHints: async (document, range, token) =>
    (await ask(document, "inlayHint", { range }, token)).map(convert.hint) },
  DocumentFormattingEdit: { provideDocumentFormattingEdits: async (document, options, token) =>
    (await ask(document, "formatting", { options }, token)).map(convert.textEdit) },
  DocumentRangeFormattingEdit: { provideDocumentRangeFormattingEdits: async (document, range, options, token) =>
    (await ask(document, "rangeFormatting", { range, options }, token)).map(convert.textEdit) },
  CodeActions: {
    provideCodeActions: async (document, range, context, token) => {
      const only = context.only ? { only: [context.only.value] } : {};
      const found = await ask(document, "codeAction", { range, context: { diagnostics: [], ...only } }, token);
      return found.map(convert.action);
    },
    resolveCodeAction: async (action, token) => {
      const found = await client.request("codeAction/resolve", action.raw, token);
      if (found.edit) action.edit = convert.edit(found.edit);
      return action;
    },
  },
});

const completion = {
  provideCompletionItems: async (document, position, token) =>
    (await ask(document, "completion", { position }, token)).items.map(convert.item),
  resolveCompletionItem: async (item, token) => {
    const found = await client.request("completionItem/resolve", item.raw, token);
    if (found.documentation) item.documentation = convert.markdown(found.documentation.value);
    return item;
  },
};

async function activate(context) {
  const diagnostics = vscode.languages.createDiagnosticCollection("unitlint");
  const log = vscode.window.createOutputChannel("unitlint");
  const watcher = vscode.workspace.createFileSystemWatcher("**/*");
  const changed = (type) => (uri) =>
    client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri.toString(), type }] });
  context.subscriptions.push(
    diagnostics, log, watcher,
    watcher.onDidCreate(changed(1)), watcher.onDidChange(changed(2)), watcher.onDidDelete(changed(3)),
    vscode.workspace.onDidOpenTextDocument(open),
    vscode.workspace.onDidChangeTextDocument(change),
    vscode.workspace.onDidCloseTextDocument((document) => isOurs(document) && client.notify("textDocument/didClose", identify(document))),
    vscode.workspace.onDidSaveTextDocument((document) => isOurs(document) && client.notify("textDocument/didSave", identify(document))),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("unitlint.settings")) return;
      const settings = vscode.workspace.getConfiguration("unitlint").get("settings");
      client.notify("workspace/didChangeConfiguration", { settings: { unitlint: { settings } } });
    }),
    vscode.languages.registerCompletionItemProvider(LANGUAGES, completion, "[", "=", "%", ":", "@", "~", "+"),
  );
  for (const [name, provider] of Object.entries(providers())) {
    context.subscriptions.push(vscode.languages[`register${name}Provider`](LANGUAGES, provider));
  }
  await start(context, diagnostics, log);
}

async function deactivate() {
  const last = client;
  client = undefined;
  await last?.stop();
}

module.exports = { activate, deactivate };
