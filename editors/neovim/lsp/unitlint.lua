-- Neovim 0.11 or later: ~/.config/nvim/lsp/unitlint.lua, then `vim.lsp.enable("unitlint")` in init.lua.
vim.filetype.add({
  extension = {
    service = "systemd", socket = "systemd", timer = "systemd", target = "systemd", mount = "systemd",
    automount = "systemd", path = "systemd", slice = "systemd", swap = "systemd", scope = "systemd", device = "systemd",
    container = "systemd", volume = "systemd", network = "systemd", pod = "systemd", kube = "systemd",
    image = "systemd", build = "systemd",
  },
  pattern = {
    [".*%.d/.*%.conf"] = "systemd",
    -- What `systemctl edit` opens.
    [".*/%.#.*%.conf%x+"] = "systemd",
    [".*/%.#.*%.%l+%x+"] = "systemd",
    [".*/systemd/.*%.conf"] = "systemd",
  },
})

return {
  cmd = { "unitlint", "lsp" },
  filetypes = { "systemd" },
  root_markers = { ".unitlint.toml", "unitlint.toml", "pyproject.toml", ".git" },
}
