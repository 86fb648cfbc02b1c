// The protocol's objects to those of Visual Studio Code, which is handed in.
"use strict";

module.exports = (vscode) => {
  const position = (one) => new vscode.Position(one.line, one.character);
  const range = (one) => new vscode.Range(position(one.start), position(one.end));
  const uri = (text) => vscode.Uri.parse(text);
  const location = (one) => new vscode.Location(uri(one.uri), range(one.range));
  const markdown = (text) => new vscode.MarkdownString(text);

  function diagnostic(one) {
    const found = new vscode.Diagnostic(range(one.range), one.message, one.severity - 1);
    found.source = one.source;
    found.tags = one.tags;
    if (one.code) {
      found.code = one.codeDescription ? { value: one.code, target: uri(one.codeDescription.href) } : one.code;
    }
    found.relatedInformation = (one.relatedInformation ?? []).map(
      (other) => new vscode.DiagnosticRelatedInformation(location(other.location), other.message),
    );
    return found;
  }

  function edit(one) {
    const found = new vscode.WorkspaceEdit();
    for (const change of one.documentChanges ?? []) {
      if (change.kind === "create") {
        found.createFile(uri(change.uri), change.options);
        continue;
      }
      for (const part of change.edits) found.replace(uri(change.textDocument.uri), range(part.range), part.newText);
    }
    return found;
  }

  function action(one) {
    const kind = one.kind.split(".").reduce((found, part) => found.append(part), vscode.CodeActionKind.Empty);
    const found = new vscode.CodeAction(one.title, kind);
    found.isPreferred = one.isPreferred;
    if (one.edit) found.edit = edit(one.edit);
    found.raw = one;
    return found;
  }

  function item(one) {
    const found = new vscode.CompletionItem(one.label, one.kind - 1);
    found.detail = one.detail;
    found.sortText = one.sortText;
    found.filterText = one.filterText;
    found.insertText = one.textEdit.newText;
    found.range = range(one.textEdit.range);
    found.tags = one.tags;
    found.raw = one;
    return found;
  }

  function symbol(one) {
    const found = new vscode.DocumentSymbol(
      one.name, one.detail ?? "", one.kind - 1, range(one.range), range(one.selectionRange),
    );
    found.children = (one.children ?? []).map(symbol);
    return found;
  }

  const kinds = { comment: vscode.FoldingRangeKind.Comment, region: vscode.FoldingRangeKind.Region };
  const fold = (one) => new vscode.FoldingRange(one.startLine, one.endLine, kinds[one.kind]);
  const textEdit = (one) => new vscode.TextEdit(range(one.range), one.newText);

  function hint(one) {
    const found = new vscode.InlayHint(position(one.position), one.label);
    found.paddingLeft = one.paddingLeft;
    found.tooltip = one.tooltip;
    return found;
  }

  return { action, diagnostic, edit, fold, hint, item, location, markdown, range, symbol, textEdit };
};
