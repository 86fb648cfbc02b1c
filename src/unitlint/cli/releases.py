"""`unitlint releases`."""

from __future__ import annotations

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
    if arguments.output_format == "json":
        import json

        print(json.dumps(list(_releases()), indent=2))
        return 0
    print(f"{'release':<9}{'shipped by':<62}compared with systemd as")
    for release in _releases():
        names = ", ".join(target["name"] for target in release["targets"])
        basis = release["build"].partition(" as ")[2] if release["measured"] else "(interpolated)"
        print(f"{release['release']:<9}{names:<62}{basis}")
    for release in _releases():
        for target in release["targets"]:
            if target["backports"]:
                print(f"{target['name']} also has {', '.join(target['backports'])}")
    print(
        "\nMeasured releases were compared with the build in the last column. An interpolated release gets each change"
    )
    print("from the release that made it, by the history of systemd.")
    print("`unitlint security` is measured from 252 on, not below.")
    return 0


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
