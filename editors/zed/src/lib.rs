use zed_extension_api as zed;

struct Unitlint;

impl zed::Extension for Unitlint {
    fn new() -> Self {
        Unitlint
    }

    /// The server that is installed; nothing is downloaded.
    fn language_server_command(
        &mut self,
        _id: &zed::LanguageServerId,
        worktree: &zed::Worktree,
    ) -> zed::Result<zed::Command> {
        let command = worktree
            .which("unitlint")
            .ok_or_else(|| "unitlint is not on the PATH: pip install unitlint".to_string())?;
        Ok(zed::Command {
            command,
            args: vec!["lsp".to_string()],
            env: worktree.shell_env(),
        })
    }
}

zed::register_extension!(Unitlint);
