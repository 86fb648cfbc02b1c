"""`unitlint releases`."""

from __future__ import annotations

from unitlint.cli.output import write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from typing import Any


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint releases`."""
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="(default: text)")


def main(arguments: Namespace) -> int:
    """Prints every release that can be targeted, and the distributions that ship it."""
    write(_as_json() if arguments.output_format == "json" else _as_text(), None)
    return 0


def _as_json() -> str:
    import json

    return f"{json.dumps(list(_releases()), indent=2)}\n"


def _as_text() -> str:
    lines = [f"{'release':<9}{'shipped by':<62}compared with systemd as"]
    for release in _releases():
        names = ", ".join(target["name"] for target in release["targets"])
        basis = release["build"].partition(" as ")[2] if release["measured"] else "(interpolated)"
        lines.append(f"{release['release']:<9}{names:<62}{basis}")
    for release in _releases():
        for target in release["targets"]:
            if target["backports"]:
                lines.append(f"{target['name']} also has {', '.join(target['backports'])}")
    lines += [
        "",
        "Measured releases were compared with the build in the last column. An interpolated release gets each change",
        "from the release that made it, by the history of systemd.",
        "`unitlint security` is measured from 252 on, not below.",
        "",
    ]
    return "\n".join(lines)


def _releases() -> Iterator[dict[str, Any]]:
    from unitlint.catalogue import MEASURED, RELEASES, build_of
    from unitlint.catalogue import targets as all_targets

    for release in RELEASES:
        targets = [
            {"name": name, "backports": list(fields.get("backports", ())), "source": fields["source"]}
            for name, fields in all_targets().items()
            if fields["release"] == release
        ]
        yield {
            "release": release,
            "measured": release in MEASURED,
            "build": build_of(release),
            "targets": targets,
        }
