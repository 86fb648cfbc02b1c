"""The snippets in editors/: they name every kind of file, and the editors that are installed here run them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from shutil import copytree, which
from typing import Any

import pytest

from unitlint.catalogue import QUADLET_TYPES, UNIT_TYPES

SNIPPETS = (
    "neovim/lsp/unitlint.lua", "vim/unitlint.vim", "emacs/unitlint.el", "helix/languages.toml",
    "kakoune/unitlint.kak", "zed/languages/systemd/config.toml", "jetbrains/unitlint/template.json",
    "vscode/package.json",
)  # fmt: skip


def needed(program: str) -> str:
    """The program, or a word on what is not tested without it."""
    found = which(program)
    if found is None:
        pytest.skip(f"{program} is not installed: its snippet is only looked at")
    return found


def toml(path: Path) -> dict[str, Any]:
    """A TOML file."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    found: dict[str, Any] = tomllib.loads(path.read_text())
    return found


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_every_type_of_file_is_named(editors: Path, snippet: str) -> None:
    text = (editors / snippet).read_text()
    missing = [one for one in (*UNIT_TYPES, *QUADLET_TYPES) if not re.search(rf"(?<![\w-]){one}(?![\w-])", text)]
    assert missing == []
    if "zed" not in snippet:  # which knows suffixes only
        assert "conf" in text


@pytest.mark.parametrize(
    "snippet", [one for one in SNIPPETS if "zed/languages" not in one and "package.json" not in one]
)
def test_the_server_is_started_the_same_way(editors: Path, snippet: str) -> None:
    text = (editors / snippet).read_text()
    assert "unitlint" in text
    assert re.search(r"\blsp\b", text)


def test_the_tables_can_be_read(editors: Path) -> None:
    helix = toml(editors / "helix" / "languages.toml")
    assert helix["language-server"]["unitlint"] == {"command": "unitlint", "args": ["lsp"]}
    zed = toml(editors / "zed" / "extension.toml")
    assert zed["language_servers"]["unitlint"]["languages"] == ["systemd"]
    assert toml(editors / "zed" / "languages" / "systemd" / "config.toml")["name"] == "systemd"
    assert toml(editors / "zed" / "Cargo.toml")["lib"]["crate-type"] == ["cdylib"]
    jetbrains = json.loads((editors / "jetbrains" / "unitlint" / "template.json").read_text())
    assert jetbrains["programArgs"]["default"] == "unitlint lsp"


def test_the_page_names_every_snippet(editors: Path, repository: Path) -> None:
    page = (repository / "docs" / "editors.md").read_text()
    named = [
        "neovim/lint/unitlint.lua",
        "zed",
        "vscode",
        *[one for one in SNIPPETS if "zed" not in one and "vscode" not in one],
    ]
    assert [one for one in named if f"editors/{one}" not in page] == []
    assert all((editors / one).exists() for one in named)


def test_visual_studio_code(editors: Path, environment: dict[str, str], tmp_path: Path) -> None:
    """The extension with the real server, and its package, made with nothing downloaded."""
    npm = needed("npm")
    folder = tmp_path / "vscode"
    copytree(editors / "vscode", folder)
    about = json.loads((folder / "package.json").read_text())
    assert "dependencies" not in about
    assert "devDependencies" not in about
    done = subprocess.run([npm, "test"], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    package = [npm, "run", "package", "--", str(tmp_path / "unitlint.vsix")]
    subprocess.run(package, cwd=folder, env=environment, capture_output=True, check=True)
    with zipfile.ZipFile(tmp_path / "unitlint.vsix") as archive:
        assert archive.testzip() is None
        assert {"extension.vsixmanifest", "[Content_Types].xml", "extension/package.json"} <= set(archive.namelist())
        assert archive.read("extension/extension.js") == (folder / "extension.js").read_bytes()


NEOVIM = """
local config = dofile(SNIPPET)
if vim.lsp.enable then
  vim.lsp.config("unitlint", config)
  vim.lsp.enable("unitlint")
end
vim.cmd("edit " .. UNIT)
io.stdout:write("filetype " .. vim.bo.filetype .. "\\n")
if not vim.lsp.enable then
  local client = vim.lsp.start_client({ name = "unitlint", cmd = config.cmd, root_dir = vim.fn.getcwd() })
  vim.lsp.buf_attach_client(0, client)
end
vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, one in ipairs(vim.diagnostic.get(0)) do
  io.stdout:write(("%d:%d %s %s\\n"):format(one.lnum, one.col, one.severity, tostring(one.code)))
end
local where = { textDocument = vim.lsp.util.make_text_document_params(0), position = { line = 2, character = 9 } }
for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/completion", where, 60000) or {}) do
  for _, item in ipairs(answer.result.items) do io.stdout:write("item " .. item.label .. "\\n") end
end
vim.api.nvim_buf_set_lines(0, 2, 3, false, { "Restart=on-failure" })
local function is_wrong()
  for _, one in ipairs(vim.diagnostic.get(0)) do
    if one.code == "UL103" then return true end
  end
  return false
end
vim.wait(60000, function() return not is_wrong() end, 50)
io.stdout:write(is_wrong() and "still wrong\\n" or "mended\\n")
vim.cmd("qall!")
"""


def neovim_version(program: str) -> tuple[int, ...]:
    """(0, 11) of ``NVIM v0.11.2``."""
    text = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"v(\d+)\.(\d+)", text)
    return tuple(map(int, found.groups())) if found else (0, 0)


def test_neovim(editors: Path, environment: dict[str, str], tmp_path: Path) -> None:
    program = needed("nvim")
    if neovim_version(program) < (0, 7):
        pytest.skip("this Neovim is older than 0.7: its client is another one")
    unit = tmp_path / "web.service"
    unit.write_text("[Service]\nExecStart=/usr/bin/web\nRestart=on-fail\n")
    script = tmp_path / "session.lua"
    snippet = json.dumps(str(editors / "neovim" / "lsp" / "unitlint.lua"))
    script.write_text(f"local SNIPPET = {snippet}\nlocal UNIT = {json.dumps(str(unit))}\n{NEOVIM}")
    # Releases before 0.8 have to be told to look at vim.filetype.
    command = [program, "--headless", "--clean", "--cmd", "let g:do_filetype_lua = 1", "-c", f"luafile {script}"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    lines = done.stdout.splitlines()
    assert "filetype systemd" in lines, done.stderr
    assert "2:8 1 UL103" in lines
    assert "item on-failure" in lines
    assert lines[-1] == "mended"


def test_nvim_lint_reads_our_json(editors: Path, environment: dict[str, str], tmp_path: Path) -> None:
    program = needed("nvim")
    if neovim_version(program) < (0, 7):
        pytest.skip("this Neovim is older than 0.7")
    text = "[Service]\nExecStart=/usr/bin/web\nRestart=on-fail\n"
    check = [sys.executable, "-m", "unitlint", "check", "--output-format", "json"]
    check += ["--stdin-filename", "web.service", "-"]
    output = subprocess.run(check, input=text, capture_output=True, text=True, check=False).stdout
    (tmp_path / "output.json").write_text(output)
    script = tmp_path / "lint.lua"
    script.write_text(
        f"local linter = dofile({json.dumps(str(editors / 'neovim/lint/unitlint.lua'))})\n"
        f"local file = io.open({json.dumps(str(tmp_path / 'output.json'))})\n"
        "for _, one in ipairs(linter.parser(file:read('*a'))) do\n"
        "  io.stdout:write(('%d:%d %d %s\\n'):format(one.lnum, one.col, one.severity, one.code))\nend\n"
        "vim.cmd('qall!')\n"
    )
    command = [program, "--headless", "--clean", "-c", f"luafile {script}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert "2:8 1 UL103" in done.stdout.splitlines(), done.stderr


def test_vim(editors: Path, environment: dict[str, str], tmp_path: Path) -> None:
    """The file types, and what ALE is told (by a stand-in for its function)."""
    program = needed("vim")
    ale = tmp_path / "ale" / "autoload" / "ale"
    ale.mkdir(parents=True)
    (ale / "linter.vim").write_text(
        "function! ale#linter#Define(filetype, linter) abort\n"
        "  let l:root = a:linter.project_root(bufnr('%'))\n"
        "  let g:told = [a:filetype, a:linter.lsp, a:linter.command, a:linter.executable, l:root]\n"
        "endfunction\n"
    )
    folder = tmp_path / "units"
    (folder / "web.service.d").mkdir(parents=True)
    (folder / "unitlint.toml").write_text("")
    unit = folder / "web.service.d" / "a.conf"
    unit.write_text("[Service]\n")
    result = tmp_path / "result"
    script = tmp_path / "vimrc"
    script.write_text(
        f"set nocompatible\nfiletype on\nset runtimepath^={tmp_path}/ale\nsource {editors}/vim/unitlint.vim\n"
        f"autocmd VimEnter * call writefile([&filetype, string(g:told)], '{result}') | qall!\n"
    )
    command = [program, "-u", str(script), "-i", "NONE", "-n", "-T", "dumb", "--not-a-term", str(unit)]
    environment = {**environment, "TERM": "dumb"}
    subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False, stdin=subprocess.DEVNULL)
    filetype, told = result.read_text().splitlines()
    assert filetype == "systemd"
    assert told == f"['systemd', 'stdio', '%e lsp', 'unitlint', '{folder}']"


def test_emacs(editors: Path, environment: dict[str, str], tmp_path: Path) -> None:
    program = needed("emacs")
    paths = [
        "/etc/systemd/system/web.service",
        "/x/web.service.d/a.conf",
        "/x/.#a.conf0123456789abcdef",
        "/x/a.container",
    ]
    modes = " ".join(
        f'(princ (assoc-default "{path}" auto-mode-alist (function string-match)))(princ "\\n")' for path in paths
    )
    command = [program, "--batch", "-Q", "-l", str(editors / "emacs" / "unitlint.el"), "--eval", f"(progn {modes})"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=True)
    assert done.stdout.split() == ["unitlint-mode"] * 4
    copy = tmp_path / "unitlint.el"
    copy.write_text((editors / "emacs" / "unitlint.el").read_text())
    strictly = ["--eval", "(setq byte-compile-error-on-warn t)"]
    compiled = [program, "--batch", "-Q", *strictly, "-f", "batch-byte-compile", str(copy)]
    done = subprocess.run(compiled, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
