# Kakoune with kakoune-lsp: source this file in kakrc.
hook global BufCreate .*[.](service|socket|timer|target|mount|automount|path|slice|swap|scope|device) %{
    set-option buffer filetype systemd
}
hook global BufCreate .*[.](container|volume|network|pod|kube|image|build) %{
    set-option buffer filetype systemd
}
hook global BufCreate (.*[.]d/[^/]+[.]conf|.*/[.]#[^/]+[.]conf[0-9a-f]+|.*/systemd/[^/]+[.]conf) %{
    set-option buffer filetype systemd
}
hook global BufSetOption filetype=systemd %{
    set-option buffer lsp_servers %{
        [unitlint]
        root_globs = ["unitlint.toml", ".unitlint.toml", "pyproject.toml", ".git"]
        command = "unitlint"
        args = ["lsp"]
    }
}
