"""The drop-in that ``unitlint harden`` proposes: what is no setting is a comment, so that it can be saved as it is."""

from __future__ import annotations

import shlex
from textwrap import wrap

from unitlint.base.foreign_text import safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.harden.plan import HardeningPlan

WIDTH = 110


def render(plan: HardeningPlan, path: str) -> str:
    """The drop-in with a comment a line, the scores, what was left out and how to try it; ``path`` is where it goes."""
    return "".join(f"{line}\n" for line in (*_head(plan), *_settings(plan), *_left_out(plan), *_checklist(plan, path)))


def score(plan: HardeningPlan) -> str:
    """The exposure before and after in one clause."""
    before, after = plan.before, plan.after
    return f"exposure {before.value} ({before.rating}) before, {after.value} ({after.rating}) after"


def nothing(plan: HardeningPlan) -> str:
    """What is said where a plan has no lines, without a full stop."""
    if plan.next_level:
        return f"nothing to propose at level {plan.level}; --level {plan.next_level} has proposals"
    return "nothing to propose at any level"


def _head(plan: HardeningPlan) -> Iterator[str]:
    name = safe(plan.unit.name)
    yield from _comment(f"Hardening of {name}, level {plan.level}, for systemd {plan.release}: {score(plan)}.")
    if plan.lines:
        yield from _comment("Proposed by `unitlint harden`. Each setting says why it is safe, and what to test.")
        if not plan.looked_inside:
            yield from _comment("It is based on the unit alone; with `--root DIR` the programs are examined as well.")
    else:
        yield from _comment(f"There is {nothing(plan)}.")
    for program in plan.not_found:
        yield from _comment(f"{safe(program)} is not in the root directory, so it was not examined.")


def _settings(plan: HardeningPlan) -> Iterator[str]:
    if not plan.lines:
        return
    yield ""
    yield "[Service]"
    for line in plan.lines:
        yield from _comment(line.why)
        if line.test:
            yield from _comment(f"Test: {line.test}.")
        yield f"{line.directive}={line.value}"


def _left_out(plan: HardeningPlan) -> Iterator[str]:
    if not plan.left_out:
        return
    yield ""
    yield from _comment("Left out:")
    reasons: dict[str, list[str]] = {}
    for line, reason in plan.left_out:
        reasons.setdefault(reason, []).append(f"{line.directive}={line.value}")
    for reason, settings in reasons.items():
        yield from _comment(f"  {', '.join(dict.fromkeys(settings))}: {safe(reason)}", indent="    ")


def _checklist(plan: HardeningPlan, path: str) -> Iterator[str]:
    if not plan.lines:
        return
    name = shlex.quote(safe(plan.unit.name))
    manager = "systemctl --user" if plan.unit.scope == "user" else "systemctl"
    journal = "journalctl --user" if plan.unit.scope == "user" else "journalctl"
    yield ""
    yield from _comment("How to try it:")
    for number, step in enumerate(
        (
            *_trial_run(plan),
            f"For one boot: `{manager} edit --runtime {name}`, paste the settings, `{manager} restart {name}`.",
            (
                f"Test it: start, reload, stop, log rotation, its timers, an upgrade. Watch `{journal} -fu {name}`"
                " for `Operation not permitted`, `Permission denied`, `Read-only file system` and status=226/NAMESPACE."
            ),
            f"If something fails, `{manager} revert {name}` removes the drop-ins; then leave out that setting.",
            f"Keep it as {safe(path)}, run `unitlint check` on both files, and `{manager} daemon-reload`.",
        ),
        1,
    ):
        text, _, command = step.partition("\n")
        yield from _comment(f"  {number}. {text}", indent="     ")
        if command:
            yield f"#     {command}"


def _trial_run(plan: HardeningPlan) -> Iterator[str]:
    """The program once with the same settings, where its command can be written down."""
    from unitlint.units.commands import commands

    started = [command for _, command in commands(plan.unit, plan.release, "ExecStart")]
    if len(started) != 1 or "%" in started[0].path or "@" in started[0].prefixes or "@" in plan.unit.name:
        return
    own = [
        f"{one.directive}={one.value}"
        for directive in ("User", "Group", "WorkingDirectory", "EnvironmentFile", "Environment", "AmbientCapabilities")
        for one in plan.unit.all("Service", directive)
    ]
    settings = [f"{line.directive}={line.value}" for line in plan.lines]
    words = ["systemd-run", *(["--user"] if plan.unit.scope == "user" else []), "--pty", "--wait", "--collect"]
    for setting in (*own, *settings):
        words += ["-p", setting]
    words += [started[0].path, *started[0].argv[1:]]
    yield "Run the program once with these settings:\n" + safe(shlex.join(words)).rstrip("\\")


def _comment(text: str, indent: str = "") -> Iterator[str]:
    """``text`` as comment lines; a file name at the very end must not continue the line."""
    start = len(text) - len(text.lstrip())
    body = wrap(text.strip(), WIDTH - start - 2, break_long_words=False, break_on_hyphens=False)
    for number, line in enumerate(body):
        margin = " " * start if number == 0 else indent or " " * start
        yield f"# {margin}{line.rstrip(chr(92))}"
