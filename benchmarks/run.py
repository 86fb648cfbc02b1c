"""Ratios, measured side by side in one run: `python benchmarks/run.py [--quick] [--against ../other-checkout]`.

Absolute times differ from machine to machine; what is promised are ratios, so each measurement
runs next to what it is compared with, several times by turns, and the medians count.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile, which
from statistics import median

from against import compare  # beside this file

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
UNITLINT = [sys.executable, "-m", "unitlint", "check", "--isolated", "--output-format", "concise"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

READ_WITH_CONFIGPARSER = """
import configparser, sys
for path in sys.stdin.read().split("\\0"):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    try:
        parser.read(path, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        pass
"""

PEAK = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def main() -> int:
    """Measures everything that can be measured here and prints a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions and files")
    parser.add_argument(
        "--against", metavar="CHECKOUT", type=Path, help="only compare with another checkout of unitlint"
    )
    arguments = parser.parse_args()
    quick = arguments.quick
    with tempfile.TemporaryDirectory() as folder:
        if arguments.against:
            compare(arguments.against, Path(folder), quick=quick)
            return 0
        cold(Path(folder), 5 if quick else 20)
        if CORPUS.is_dir():
            batch(2 if quick else 5)
            against_systemd(Path(folder), 100 if quick else 850)
            security(Path(folder), 2 if quick else 5)
        else:
            print("batch: left out, there is no ../shared beside the repository")
        growth(Path(folder), 5_000 if quick else 100_000)
        workers(Path(folder), 2_000 if quick else 10_000)
        other_yaml(Path(folder), 2_000 if quick else 10_000)
    return 0


def cold(folder: Path, times: int) -> None:
    """A whole process for one unit, against an interpreter that does nothing."""
    unit = folder / "one.service"
    unit.write_text("[Unit]\nDescription=One\n\n[Service]\nExecStart=/bin/true\nMemoryMax=1G\n")
    ours, nothing = by_turns(times, lambda: run([*UNITLINT, unit]), lambda: run([sys.executable, "-I", "-c", "pass"]))
    report("cold: one unit / `python -I -c pass`", ours, nothing, "at most 3")


def batch(times: int) -> None:
    """The whole corpus, against configparser that only reads the same files."""
    listed = [*UNITLINT, "--no-respect-gitignore", CORPUS]
    files = [str(path) for path in CORPUS.rglob("*") if path.is_file() and is_unit(path)]
    parse = [sys.executable, "-c", READ_WITH_CONFIGPARSER]
    ours, theirs = by_turns(times, lambda: run(listed), lambda: run(parse, "\0".join(files)))
    report(f"batch: {len(files)} files / configparser reading them", ours, theirs, "at most 2")


def against_systemd(folder: Path, number: int) -> None:
    """The same services in one process each, against `systemd-analyze verify`."""
    if which("systemd-analyze") is None:
        print("systemd-analyze: left out, it is not installed")
        return
    services = folder / "services"
    services.mkdir()
    seen = sorted(path for path in CORPUS.rglob("*.service") if path.is_file() and "@" not in path.name)
    for path in {path.name: path for path in seen}.values():
        if len(list(services.iterdir())) < number:
            copyfile(path, services / path.name)
    paths = sorted(services.iterdir())
    verify = ["systemd-analyze", "verify"]
    theirs, ours = by_turns(2, lambda: run([*verify, *paths]), lambda: run([*UNITLINT, services]))
    report(f"`systemd-analyze verify` / ours, {len(paths)} services in one process", theirs, ours, "at least 25")
    leaner = seconds(lambda: run([*verify, "--man=no", "--generators=no", *paths]))
    report("the same without its look at manual pages", leaner, ours, "no promise")
    against_systemdlint(paths[: number // 8])
    some = paths[:20]
    apart = seconds(lambda: [run([*verify, path]) for path in some]) * len(paths) / len(some)
    report("`systemd-analyze verify`, once a file / ours in one process", apart, ours, "at least 100")


def against_systemdlint(paths: list[Path]) -> None:
    """The same services in one process each, against systemdlint from PyPI."""
    program = which("systemdlint")
    if program is None:
        print("systemdlint: left out, it is not installed (pip install systemdlint)")
        return
    theirs, ours = by_turns(2, lambda: run([program, *paths]), lambda: run([*UNITLINT, *paths]))
    report(f"systemdlint / ours, {len(paths)} services in one process", theirs, ours, "at least 30")
    theirs, ours = by_turns(3, lambda: run([program, paths[0]]), lambda: run([*UNITLINT, paths[0]]))
    report("systemdlint / ours, one service", theirs, ours, "no promise")


def security(folder: Path, times: int) -> None:
    """Exposure of all services on one core, and of as many as systemd is asked of in one process."""
    ours = [sys.executable, "-m", "unitlint", "security", "--isolated", "--output-format", "json"]
    everything = min(seconds(lambda: run([*ours, CORPUS])) for _ in range(times))
    number = len([path for path in CORPUS.rglob("*.service") if path.is_file()])
    print(f"security: {everything:.2f} s for {number} services on one core (at most 2 s for 2500)", flush=True)
    if which("systemd-analyze") is None:
        return
    some = sorted((folder / "services").iterdir())
    analyze = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--json=short", *some]
    theirs, mine = by_turns(times, lambda: run(analyze), lambda: run([*ours, folder / "services"]))
    report(
        f"`systemd-analyze security --offline` / ours, {len(some)} services in one process", theirs, mine, "no promise"
    )
    few = some[:20]
    apart = seconds(lambda: [run([*analyze[:5], path]) for path in few]) * len(some) / len(few)
    report("`systemd-analyze security --offline`, once a file / ours in one process", apart, mine, "at least 10")


def growth(folder: Path, number: int) -> None:
    """What a file costs among many and among a thousand, and the memory that many take."""
    few, many = make_tree(folder / "few", 1000), make_tree(folder / "many", number)
    start = seconds(lambda: run([*UNITLINT, "--version"]))
    for_few = min(seconds(lambda: run([*UNITLINT, few])) for _ in range(3)) - start
    for_many = seconds(lambda: run([*UNITLINT, many])) - start
    report(f"growth: a file among {number} / among 1000", for_many / number, for_few / 1000, "at most 1.15")
    peak = subprocess.run(
        [sys.executable, "-c", PEAK, *UNITLINT, many], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    print(f"memory: {int(peak.stdout) / 1024:.0f} MB for {number} files (under 200 for 100000)")


def workers(folder: Path, number: int) -> None:
    """One worker against two."""
    tree = make_tree(folder / "workers", number)
    one, two = by_turns(2, lambda: run([*UNITLINT, "-j1", tree]), lambda: run([*UNITLINT, "-j2", tree]))
    report(f"workers: one / two, {number} files, {os.cpu_count()} cores", one, two, "at least 1.7")


def other_yaml(folder: Path, number: int) -> None:
    """YAML files in which no unit stands, against a program that only lists the same files and reads them."""
    tree = folder / "yaml"
    for index in range(number):
        path = tree / f"{index // 100:04d}" / f"values-{index}.yaml"
        if index % 100 == 0:
            path.parent.mkdir(parents=True)
        path.write_text("steps:\n" + f"- name: Restart web-{index}.service\n  run: [systemctl, restart, web]\n" * 60)
    reading = "import pathlib, sys; [p.read_bytes() for p in pathlib.Path(sys.argv[1]).rglob('*.yaml')]"
    reader = [sys.executable, "-c", reading, tree]
    ours, theirs = by_turns(3, lambda: run([*UNITLINT, tree]), lambda: run(reader))
    report(f"other YAML: {number} files / reading them", ours, theirs, "at most 2")


def make_tree(folder: Path, number: int) -> Path:
    """Units of our own with a mistake now and then, a hundred in a folder."""
    for index in range(number):
        path = folder / f"{index // 100:04d}" / f"unit-{index}.service"
        if index % 100 == 0:
            path.parent.mkdir(parents=True)
        path.write_text(
            f"[Unit]\nDescription=Unit {index}\nAfter=network-online.target\n\n"
            f"[Service]\nExecStart=/usr/bin/worker --number {index}\nRestart=on-failure\nRestartSec=5s\n"
            f"MemoryMax={'1G' if index % 10 else 'lots'}\nProtectSystem=strict\nNice={index % 15}\n\n"
            "[Install]\nWantedBy=multi-user.target\n"
        )
    return folder


def is_unit(path: Path) -> bool:
    """Roughly what a run takes from the corpus."""
    return path.suffix in {".service", ".socket", ".timer", ".target", ".mount", ".path", ".slice", ".conf"}


def by_turns(times: int, first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """The medians of each, run by turns so that both meet the same machine."""
    pairs = [(seconds(first), seconds(second)) for _ in range(times)]
    return median(one for one, _ in pairs), median(two for _, two in pairs)


def seconds(action: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def run(command: list[object] | list[str], text: str = "") -> None:
    """Runs a program to its end; what it prints and its status do not matter."""
    words = [str(word) for word in command]
    subprocess.run(words, env=ENVIRONMENT, input=text.encode(), capture_output=True, check=False)


def report(what: str, first: float, second: float, wanted: str) -> None:
    """Prints a ratio with what stands behind it."""
    print(f"{what}: {first / second:.2f} ({wanted}) = {first * 1000:.2f} ms / {second * 1000:.2f} ms", flush=True)


if __name__ == "__main__":
    sys.exit(main())
