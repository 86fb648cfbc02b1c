"""What not to look at: `exclude` of the settings, and .gitignore files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from unitlint.base.real_path import outside_of_image, repository_around
from unitlint.base.records import NamedTuple
from unitlint.base.safe_read import CannotReadError, read_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathspec import GitIgnoreSpec

    from unitlint.files.source import Source
    from unitlint.settings.model import Settings


class GitIgnore(NamedTuple):
    """The patterns of one .gitignore, and the folder from which they count."""

    folder: str
    patterns: GitIgnoreSpec


Chain = tuple[GitIgnore, ...] | None
"""The .gitignore files that hold in a folder, the outermost first; None outside of git repositories."""


class Ignored:
    """Patterns in git's wildmatch form; .gitignore files are read as their folders are entered.

    Those in the root directory ``root`` do not count: an image has no say in what of it is checked.
    """

    def __init__(
        self, exclude: Sequence[str] = (), base: str = ".", *, gitignore: bool = True, root: str | None = None
    ) -> None:
        self._base = os.path.abspath(base)
        self._exclude = None
        if exclude:
            from unitlint.files.git_patterns import git_spec

            self._exclude = git_spec(exclude)
        self._gitignore = gitignore
        self._root = root
        self.left_out: list[tuple[str, str]] = []
        """Files and folders that were met and ignored, as reports call them, with a word on each."""

    def above(self, top: str) -> Chain:
        """The .gitignore files above the absolute path ``top``, up to the repository's own folder.

        Those that ignore ``top`` itself are left out: who names a folder wants it checked.
        """
        if not self._gitignore:
            return None
        repository = repository_around(top)
        if repository is None:
            return None
        chain: list[GitIgnore] = []
        folder = top
        while folder != repository:
            folder = os.path.dirname(folder)
            chain += self.enter((), folder) or ()
        return tuple(
            gitignore
            for gitignore in reversed(chain)
            if not _verdict(gitignore.patterns, gitignore.folder, top, folder=True)
        )

    def enter(self, chain: Chain, folder: str) -> Chain:
        """``chain`` with the .gitignore of the absolute path ``folder``, if there is one."""
        if not self._gitignore:
            return chain
        if chain is None:
            if not os.path.lexists(os.path.join(folder, ".git")):
                return None
            chain = ()
        path = os.path.join(folder, ".gitignore")
        # git follows no link here either (gitignore(5)).
        if not os.path.isfile(path) or os.path.islink(path) or outside_of_image(folder, self._root) != folder:
            return chain
        from unitlint.files.git_patterns import git_spec_of_file

        try:
            return (*chain, GitIgnore(folder, git_spec_of_file(read_text(path).splitlines())))
        except CannotReadError:
            return chain

    def excluded(self, path: str, *, folder: bool = False) -> bool:
        """True where `exclude` names the path or a folder above it."""
        return self._exclude is not None and bool(
            _verdict(self._exclude, self._base, os.path.abspath(path), folder=folder)
        )

    def ignores(self, chain: Chain, path: str, *, folder: bool = False) -> bool:
        """True where `exclude` or a .gitignore says so of the absolute ``path``; the innermost
        .gitignore that speaks of it decides."""
        if self._exclude is not None and self.excluded(path, folder=folder):
            return True
        for gitignore in reversed(chain or ()):
            verdict = _verdict(gitignore.patterns, gitignore.folder, path, folder=folder)
            if verdict is not None:
                return verdict
        return False


def _verdict(spec: GitIgnoreSpec, base: str, path: str, *, folder: bool) -> bool | None:
    """True for ignored, False for taken back by ``!``, None where no pattern speaks of the path."""
    prefix = base.rstrip(os.sep) + os.sep
    if not path.startswith(prefix):
        return None
    relative = path[len(prefix) :]
    return spec.check_file(relative + "/" if folder else relative).include


def as_declared(sources: Iterable[Source], settings: Settings) -> Iterator[Source]:
    """The sources in the languages that the last fitting pattern of ``templates`` names; patterns are git's."""
    from unitlint.files.git_patterns import git_spec

    specs = [(git_spec([pattern]), language) for pattern, language in settings.templates.items()]
    base = os.path.abspath(settings.folder)
    for source in sources:
        relative = os.path.relpath(os.path.abspath(source.path), base)
        language = next((language for spec, language in reversed(specs) if spec.match_file(relative)), None)
        yield source if language is None else source._replace(template="" if language == "none" else language)
