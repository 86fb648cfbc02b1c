"""Hardens many services and asks systemd and the rules whether anything got worse.

    python tools/harden_proof.py CORPUS --roots DIR [--releases 257] [--level safe] [--at-most 400]

``DIR`` holds a root directory a release, made by ``build-roots.sh`` of the recordings (needs root). For each service
the unit is loaded by the real ``systemd-analyze verify`` with and without the drop-in: no message may come, none of the
services may be refused. The rules are asked at their strictest. Printed are the median exposures.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from unitlint.api import services_below
from unitlint.engine.dispatch import check_unit
from unitlint.engine.hardening import place_of_drop_in, plan_for
from unitlint.engine.plan import make_plan as make_checks
from unitlint.harden.plan import HardeningPlan
from unitlint.harden.review import with_lines
from unitlint.report import hardening
from unitlint.rules.rule_set import load_rules
from unitlint.settings.model import Settings
from unitlint.units.unit import Unit

BATCH = 100
PLACE = re.compile(r"<\d+>|/hardened|/plain")


def main() -> int:
    """Prints the figures and what got worse; the exit status tells whether anything did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--roots", type=Path, required=True)
    parser.add_argument("--releases", type=int, nargs="*", default=[257])
    parser.add_argument("--level", default="safe")
    parser.add_argument("--at-most", type=int, default=10**6)
    arguments = parser.parse_args()
    units = chosen(services_below([str(arguments.corpus)], Settings(respect_gitignore=False)), arguments.at_most)
    worse = 0
    for release in arguments.releases:
        plans = [
            plan_for(unit, arguments.level, Settings(systemd_version=(release,)), place_of_drop_in(unit))
            for unit in units
        ]
        found = sum(count_new_findings(plan) for plan in plans)
        refused = said_more(plans, arguments.roots / str(release))
        falls = [(plan.before.tenths - plan.after.tenths) / 10 for plan in plans]
        print(
            f"{release} {arguments.level}: {len(plans)} services, {sum(map(has_lines, plans))} with a drop-in; "
            f"median {statistics.median(plan.before.value for plan in plans)} before, "
            f"{statistics.median(plan.after.value for plan in plans)} after, "
            f"median fall {statistics.median(falls):.1f}; "
            f"{found} findings added, {refused} services of which systemd says more"
        )
        worse += found + refused
    return int(worse > 0)


def chosen(units: Iterable[Unit], most: int) -> list[Unit]:
    """One service of each name: they are laid side by side for systemd.  Evenly spread where there are too many."""
    by_name = {unit.name: unit for unit in units if unit.scope == "system"}
    names = sorted(by_name)
    step = max(len(names) / most, 1)
    return [by_name[names[int(at * step)]] for at in range(min(most, len(names)))]


def has_lines(plan: HardeningPlan) -> bool:
    """True where there is a drop-in at all."""
    return bool(plan.lines)


def count_new_findings(plan: HardeningPlan) -> int:
    """Findings that any rule, at any profile, adds because of the drop-in."""
    checks = make_checks(load_rules(), plan.release)
    path = place_of_drop_in(plan.unit)
    before = {(one.code, one.path, one.line) for one in check_unit(plan.unit, checks, {})}
    after = check_unit(with_lines(plan.unit, plan.lines, path), checks, {}) if plan.lines else []
    added = [one for one in after if (one.code, one.path, one.line) not in before]
    for one in added:
        print(f"{plan.unit.path}: {one.code} {one.message}")
    return len(added)


def said_more(plans: list[HardeningPlan], root: Path) -> int:
    """For how many services the real systemd says something that it does not say without the drop-in."""
    inside = Path(tempfile.mkdtemp(prefix="harden-", dir=root / "tmp"))
    try:
        for plan in plans:
            lay_out(plan, inside)
        worse = 0
        for start in range(0, len(plans), BATCH):
            names = [plan.unit.name for plan in plans[start : start + BATCH] if plan.lines]
            plain, hardened = (verify(root, inside / kind, names) for kind in ("plain", "hardened"))
            more = [line for line in hardened if line not in plain]
            worse += len({line.partition(":")[0] for line in more})
            for line in more:
                print(f"systemd: {line}")
        return worse
    finally:
        shutil.rmtree(inside)


def lay_out(plan: HardeningPlan, inside: Path) -> None:
    """The unit with its own drop-ins, once as it is and once hardened."""
    for kind in ("plain", "hardened"):
        folder = inside / kind
        folder.mkdir(exist_ok=True)
        fragment, *drop_ins = plan.unit.documents
        (folder / plan.unit.name).write_bytes(fragment.text.encode("utf-8", "surrogateescape"))
        below = folder / f"{plan.unit.name}.d"
        for number, document in enumerate(drop_ins):
            below.mkdir(exist_ok=True)
            (below / f"{number:02}.conf").write_bytes(document.text.encode("utf-8", "surrogateescape"))
        if kind == "hardened" and plan.lines:
            below.mkdir(exist_ok=True)
            text = hardening.render(plan, place_of_drop_in(plan.unit))
            (below / "50-hardening.conf").write_text(text, encoding="utf-8", errors="backslashreplace")


def verify(root: Path, folder: Path, names: list[str]) -> set[str]:
    """The messages of the real systemd about the services, without the folder's name."""
    where = "/" + str(folder.relative_to(root))
    command = ["chroot", str(root), "systemd-analyze", "verify", "--man=no", "--generators=no"]
    if not root.name.startswith("247"):
        command.append("--recursive-errors=yes")
    environment = {
        "PATH": os.environ["PATH"],
        "SYSTEMD_UNIT_PATH": f"{where}:/usr/lib/systemd/system:/lib/systemd/system",
        "SYSTEMD_LOG_LEVEL": "info",
        "SYSTEMD_LOG_TARGET": "console",
    }
    done = subprocess.run([*command, *names], env=environment, stderr=subprocess.PIPE, check=False)
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    return {PLACE.sub("", line) for line in lines if is_about(line)}


def is_about(line: str) -> bool:
    """Not what depends on the order in which systemd reads: cycles, and which of several missing units is named."""
    return not re.search(
        r"cycle|cyclic|Found dependency|not found|Failed to (open|create)|is not executable|Job .*/(start|verify)", line
    )


if __name__ == "__main__":
    raise SystemExit(main())
