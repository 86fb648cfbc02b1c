-- nvim-lint, where no language server is wanted: ~/.config/nvim/lua/lint/linters/unitlint.lua, then
-- `require("lint").linters_by_ft = { systemd = { "unitlint" } }`.
local severities = {
  error = vim.diagnostic.severity.ERROR,
  warning = vim.diagnostic.severity.WARN,
  info = vim.diagnostic.severity.INFO,
}

return {
  cmd = "unitlint",
  stdin = true,
  args = {
    "check", "--output-format", "json", "--stdin-filename",
    function() return vim.api.nvim_buf_get_name(0) end,
    "-",
  },
  ignore_exitcode = true,
  parser = function(output)
    local found = {}
    if not output:find("{", 1, true) then return found end -- a name that is no unit's, of which stderr tells
    for _, one in ipairs(vim.json.decode(output).findings) do
      table.insert(found, {
        lnum = one.line - 1,
        col = one.column - 1,
        end_lnum = one.end_line - 1,
        end_col = one.end_column - 1,
        severity = severities[one.severity],
        code = one.code,
        message = one.message,
        source = "unitlint",
      })
    end
    return found
  end,
}
