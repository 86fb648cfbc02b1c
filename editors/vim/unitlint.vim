" Vim with ALE: ~/.vim/plugin/unitlint.vim
augroup unitlint
  autocmd!
  autocmd BufNewFile,BufRead *.service,*.socket,*.timer,*.target,*.mount,*.automount,*.path,*.slice setfiletype systemd
  autocmd BufNewFile,BufRead *.swap,*.scope,*.device,*.container,*.volume,*.network,*.pod,*.kube setfiletype systemd
  autocmd BufNewFile,BufRead *.image,*.build,*.d/*.conf,.#*.conf*,*/systemd/*.conf setfiletype systemd
augroup END

function! UnitlintRoot(buffer) abort
  for l:name in ['unitlint.toml', '.unitlint.toml', 'pyproject.toml']
    let l:found = findfile(l:name, fnamemodify(bufname(a:buffer), ':p:h') . ';')
    if !empty(l:found)
      return fnamemodify(l:found, ':p:h')
    endif
  endfor
  let l:git = finddir('.git', fnamemodify(bufname(a:buffer), ':p:h') . ';')
  return empty(l:git) ? fnamemodify(bufname(a:buffer), ':p:h') : fnamemodify(l:git, ':p:h:h')
endfunction

function! UnitlintForAle() abort
  if exists('*ale#linter#Define')
    call ale#linter#Define('systemd', {
    \   'name': 'unitlint',
    \   'lsp': 'stdio',
    \   'executable': 'unitlint',
    \   'command': '%e lsp',
    \   'project_root': function('UnitlintRoot'),
    \})
  endif
endfunction

" ALE's functions are there once its own files have been read; a file that was named on the command line has been checked by then.
autocmd unitlint VimEnter * silent! runtime autoload/ale/linter.vim | call UnitlintForAle() | silent! call ale#Queue(0, 'lint_file')
