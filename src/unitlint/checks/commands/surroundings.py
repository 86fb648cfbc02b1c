"""UL567 and UL568: programs that need a user's session, or the directory of a project."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.references import references
from unitlint.checks.service import is_whole
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands, program
from unitlint.units.unit import Unit

OF_BUS = ("notify-send", "gsettings", "pactl", "wpctl", "playerctl")
OF_DISPLAY = ("xset", "xrandr", "xdotool", "wmctrl", "setxkbmap", "xmodmap", "xinput", "feh", "conky", "picom")
BUS_VARIABLES = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "PULSE_SERVER")
DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY")
SYSTEM_TARGETS = frozenset(("multi-user.target", "graphical.target", "network-online.target", "sysinit.target"))


def outside_session(unit: Unit, context: Context) -> Iterator[Hit]:
    """A command of a system unit that talks to the session of a user; target, path or User= tell a system unit."""
    if unit.scope != "system" or not is_whole(unit) or not _is_of_system(unit):
        return
    if any(unit.all("Service", name) for name in ("EnvironmentFile", "PassEnvironment", "PAMName")):
        return
    set_here = "\n".join(line.value for line in unit.all("Service", "Environment"))
    for line, command in commands(unit, context.release):
        name, words = program(command), [word.text for word in command.words]
        is_own_manager = name == "systemctl" and "--user" in words and not {"-M", "--machine", "--global"} & set(words)
        if any(word.startswith(("--machine=", "-M")) for word in words):
            continue
        if (name in OF_BUS or is_own_manager) and not any(f"{variable}=" in set_here for variable in BUS_VARIABLES):
            wanted = BUS_VARIABLES[0] if not is_own_manager else "XDG_RUNTIME_DIR"
        elif name in OF_DISPLAY and not any(f"{variable}=" in set_here for variable in DISPLAY_VARIABLES):
            wanted = "DISPLAY"
        else:
            continue
        shown = f"{name} --user" if is_own_manager else name
        yield Hit(line, {"program": shown, "variable": wanted}, span=(command.path_start, command.path_end))
        return


def _is_of_system(unit: Unit) -> bool:
    return (
        bool(_targets(unit) & SYSTEM_TARGETS)
        or unit.last("Service", "User") is not None
        or "systemd/system/" in unit.path
    )


def _targets(unit: Unit) -> set[str]:
    return {one.name for name in ("WantedBy", "RequiredBy") for one in references(unit, name, section="Install")}


_FILE_OPTION = late_pattern(
    r"-[fC].*|--(?:file|prefix|dir|directory|project-directory|cwd|manifest-path|chdir|gemfile|project|repo|root|source)"
    r"(?:[-=].*)?"
)
PROJECTS = {
    "npm": ("start", "run", "ci", "install", "test"),
    "yarn": ("start", "run", "install", "serve", "dev"),
    "pnpm": ("start", "run", "install", "dev"),
    "bundle": ("exec", "install"),
    "pipenv": ("run", "install"),
    "poetry": ("run", "install"),
    "cargo": ("run", "build"),
    "mix": ("phx.server", "run"),
    "rake": (),
    "make": (),
    "docker-compose": ("up", "down", "pull", "build", "run", "start", "stop", "restart"),
    "podman-compose": ("up", "down", "pull", "build", "run", "start", "stop", "restart"),
}
"""Programs that look for a file of the project in the working directory, with the subcommands that do."""
VARIABLES = ("COMPOSE_FILE", "BUNDLE_GEMFILE", "PIPENV_PIPFILE", "npm_config_prefix", "HOME")


def outside_project(unit: Unit, context: Context) -> Iterator[Hit]:
    """Without WorkingDirectory= a system service runs in ``/``, where no project is."""
    if unit.scope != "system" or not is_whole(unit) or unit.last("Service", "WorkingDirectory") is not None:
        return
    if unit.all("Service", "EnvironmentFile") or unit.all("Service", "RootDirectory"):
        return
    if "default.target" in _targets(unit) and not _is_of_system(unit):
        return  # perhaps a user unit
    if any(f"{name}=" in line.value for line in unit.all("Service", "Environment") for name in VARIABLES):
        return
    for line, command in commands(unit, context.release):
        name, words = program(command), [word.text for word in command.words]
        shown = name
        if name in ("docker", "podman") and words[:1] == ["compose"]:
            name, shown, words = f"{name}-compose", f"{name} compose", words[1:]
        verbs = PROJECTS.get(name)
        operands = [word for word in words if not word.startswith("-")]
        if verbs is None or command.via_shell or any(map(_FILE_OPTION.fullmatch, words)) or "-g" in words:
            continue
        looks = not verbs or (operands[:1] and operands[0] in verbs)
        if looks and not any("/" in word or "$" in word for word in words):
            yield Hit(line, {"program": shown}, span=(command.path_start, command.path_end))
            return
