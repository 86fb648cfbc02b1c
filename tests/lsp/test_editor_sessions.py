"""Vim with ALE and Emacs with eglot, as people install them, with the real server: the snippets are all that they get.

Where they are not packages of the system, ALE_FOLDER and EGLOT_FOLDER name them.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.lsp.test_editors import needed

UNIT = "[Service]\nExecStart=/usr/bin/web\nRestart=on-fail\n"

VIM = """
set nocompatible
filetype plugin on
set runtimepath^={ale}
source {editors}/vim/unitlint.vim
function! Look(timer)
  let l:found = filter(copy(ale#engine#GetLoclist(bufnr('%'))), 'v:val.linter_name ==# "unitlint"')
  if !empty(l:found)
    call writefile(map(l:found, 'v:val.lnum . ":" . v:val.col . " " . v:val.type . " " . v:val.code'), '{result}')
    qall!
  endif
endfunction
autocmd VimEnter * call timer_start(50, 'Look', {{'repeat': -1}})
"""


def test_vim_with_ale(editors: Path, environment: dict[str, str], tmp_path: Path) -> None:
    """The findings of a file that is named on the command line, without a keystroke."""
    program = needed("vim")
    ale = Path(os.environ.get("ALE_FOLDER", "/usr/share/vim-ale"))
    if not (ale / "autoload" / "ale.vim").is_file():
        pytest.skip("ALE is not installed (Debian: vim-ale): Vim's snippet runs with a stand-in only")
    (tmp_path / "web.service").write_text(UNIT)
    script, result = tmp_path / "vimrc", tmp_path / "result"
    script.write_text(VIM.format(ale=ale, editors=editors, result=result))
    command = [program, "-u", str(script), "-i", "NONE", "-n", "-T", "dumb", "--not-a-term", "web.service"]
    environment = {**environment, "TERM": "dumb"}
    # Vim ends where its input ends, so this stays open until Vim has its answer.
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as vim:
        try:
            vim.wait(timeout=300)
        finally:
            vim.kill()
    assert "3:9 E UL103" in result.read_text().splitlines()


EMACS = """
(unless (require 'eglot nil t) (princ "no eglot\\n") (kill-emacs 0))
(require 'flymake)
(setq eglot-sync-connect 120 eglot-connect-timeout 240)
(find-file "web.service")
(apply #'eglot--connect (eglot--guess-contact))
(let ((end (+ (float-time) 240)))
  (while (and (< (float-time) end) (null (flymake-diagnostics)))
    (accept-process-output nil 0.05)))
(dolist (diagnostic (flymake-diagnostics))
  (princ (format "%d %s\\n" (line-number-at-pos (flymake-diagnostic-beg diagnostic))
                 (car (split-string (flymake-diagnostic-text diagnostic) ":")))))
(search-forward "on-fail")
(princ (format "items %s\\n" (all-completions "on-f" (nth 2 (eglot-completion-at-point)))))
(eglot-shutdown (eglot-current-server))
"""


def test_emacs_with_eglot(editors: Path, environment: dict[str, str], tmp_path: Path) -> None:
    """Findings and completion of a file that is opened."""
    program = needed("emacs")
    folder = os.environ.get("EGLOT_FOLDER", "")
    (tmp_path / "web.service").write_text(UNIT)
    script = tmp_path / "session.el"
    script.write_text(EMACS)
    command = [program, "--batch", "-Q", *(["-L", folder] if folder else [])]
    command += ["-l", str(editors / "emacs" / "unitlint.el"), "-l", str(script)]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    lines = done.stdout.splitlines()
    if lines == ["no eglot"]:
        pytest.skip("this Emacs has no eglot (Emacs 29, or Debian's elpa-eglot): its snippet is compiled only")
    assert "3 unitlint [UL103]" in lines, done.stderr
    assert "items (on-failure)" in lines, done.stderr
