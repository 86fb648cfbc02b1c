// `npm test`: the extension with the real server and a stand-in for Visual Studio Code. UNITLINT names the program.
"use strict";

const assert = require("node:assert");
const { mkdtempSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { tmpdir } = require("node:os");
const path = require("node:path");
const { test } = require("node:test");
const { pathToFileURL } = require("node:url");

class Plain {
  constructor(...given) {
    this.given = given;
  }
}
class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}
class Range {
  constructor(start, end) {
    Object.assign(this, { start, end });
  }
}
class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}
class Kind {
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new Kind(this.value ? `${this.value}.${part}` : part);
  }
}
Kind.Empty = new Kind("");

const shown = new Map();
const listeners = {};
const providers = {};
const settings = { path: process.env.UNITLINT ?? "unitlint", settings: {} };
const disposable = { dispose() {} };
const on = (name) => (listener) => {
  listeners[name] = listener;
  return disposable;
};
let wake = () => {};
const vscode = {
  Position, Range, Diagnostic, CodeActionKind: Kind,
  Location: Plain, MarkdownString: Plain, DiagnosticRelatedInformation: Plain, WorkspaceEdit: class extends Plain {
    constructor() {
      super();
      this.changes = [];
    }
    replace(...change) {
      this.changes.push(change);
    }
    createFile(...change) {
      this.changes.push(change);
    }
  },
  CodeAction: Plain, CompletionItem: Plain, DocumentSymbol: Plain, FoldingRange: Plain, TextEdit: Plain, InlayHint: Plain,
  FoldingRangeKind: { Comment: 1, Region: 3 },
  Uri: { parse: (text) => ({ toString: () => text }) },
  workspace: {
    getConfiguration: () => ({ get: (name) => settings[name] }),
    workspaceFolders: [],
    textDocuments: [],
    createFileSystemWatcher: () => ({ ...disposable, onDidCreate: on("create"), onDidChange: on("write"), onDidDelete: on("delete") }),
    onDidOpenTextDocument: on("open"), onDidChangeTextDocument: on("change"), onDidCloseTextDocument: on("close"),
    onDidSaveTextDocument: on("save"), onDidChangeConfiguration: on("configure"),
  },
  languages: new Proxy({}, {
    get: (_, name) => (name === "createDiagnosticCollection"
      ? () => ({ ...disposable, clear() {}, set(uri, found) {
        shown.set(uri.toString(), found);
        wake();
      } })
      : (_languages, provider) => {
        providers[name] = provider;
        return disposable;
      }),
  }),
  window: {
    createOutputChannel: () => ({ ...disposable, append() {}, appendLine() {} }),
    showWarningMessage() {},
    showErrorMessage(message) {
      throw new Error(message);
    },
  },
};
const load = Module._load;
Module._load = (name, ...more) => (name === "vscode" ? vscode : load(name, ...more));
const extension = require("./extension");

const published = () => new Promise((resolve) => {
  wake = resolve;
});

test("a service is checked, completed and fixed", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "unitlint-"));
  const file = path.join(folder, "web.service");
  const text = "[Service]\nExecStart=/usr/bin/web\nRestart=on-fail\n";
  writeFileSync(file, text);
  const uri = { toString: () => pathToFileURL(file).toString() };
  const document = { uri, languageId: "systemd", version: 1, getText: () => text };
  vscode.workspace.workspaceFolders = [{ uri: { toString: () => pathToFileURL(folder).toString() }, name: "units" }];
  await extension.activate({ subscriptions: [] });
  let waiting = published();
  listeners.open(document);
  await waiting;
  const finding = shown.get(uri.toString()).find((one) => one.code?.value === "UL103");
  assert.deepStrictEqual(finding.range.start, new Position(2, 8));
  assert.strictEqual(finding.severity, 0);

  const items = await providers.registerCompletionItemProvider.provideCompletionItems(document, new Position(2, 9));
  assert.ok(items.some((one) => one.given[0] === "on-failure"));
  const hover = await providers.registerHoverProvider.provideHover(document, new Position(2, 3));
  assert.match(hover.contents[0].given[0], /\*\*Restart=\*\*/);
  const range = new Range(new Position(2, 8), new Position(2, 8));
  const actions = await providers.registerCodeActionsProvider.provideCodeActions(document, range, {});
  const fix = actions.find((one) => one.isPreferred);
  assert.strictEqual(fix.edit.changes[0][2], "on-failure");
  assert.strictEqual(fix.given[1].value, "quickfix");
  const harden = actions.find((one) => one.given[0].includes("hardens"));
  const resolved = await providers.registerCodeActionsProvider.resolveCodeAction(harden);
  assert.strictEqual(resolved.edit.changes.length, 2);
  for (const [name, ask] of Object.entries({
    registerDefinitionProvider: (one) => one.provideDefinition(document, new Position(0, 2)),
    registerReferenceProvider: (one) => one.provideReferences(document, new Position(0, 2), { includeDeclaration: true }),
    registerDocumentSymbolProvider: (one) => one.provideDocumentSymbols(document),
    registerFoldingRangeProvider: (one) => one.provideFoldingRanges(document, {}),
    registerInlayHintsProvider: (one) => one.provideInlayHints(document, range),
    registerDocumentFormattingEditProvider: (one) => one.provideDocumentFormattingEdits(document, {}),
    registerDocumentRangeFormattingEditProvider: (one) => one.provideDocumentRangeFormattingEdits(document, range, {}),
  })) {
    assert.ok(Array.isArray(await ask(providers[name])), name);
  }

  waiting = published();
  listeners.change({
    document: { ...document, version: 2 },
    contentChanges: [{ range: new Range(new Position(2, 15), new Position(2, 15)), text: "ure" }],
  });
  await waiting;
  assert.ok(!shown.get(uri.toString()).some((one) => one.code?.value === "UL103"));
  waiting = published();
  listeners.close(document);
  await waiting;
  assert.deepStrictEqual(shown.get(uri.toString()), []);
  await extension.deactivate();
});
