"""Lists the units that packages bring, from the index of a distribution's files.

    python -m tools.build_known_units Contents-all Contents-amd64 > data/package-units.txt

Contents files of Debian's main archive name a file and its packages on each line (`apt-get update` fetches them, where
the index target Contents-deb is set up); compressed ones are read from standard input: `lz4 -dc Contents-all.lz4 |
python -m tools.build_known_units -`. Then `python -m tools.build_catalogue` makes a table of the list.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator

UNIT = re.compile(
    r"(?:usr/)?lib/systemd/(system|user)/([^/\s]+\.(?:service|socket|timer|path|target|mount|automount|slice|swap))\s"
)
HEAD = "# Units of Debian's packages (bookworm, main, of all architectures and amd64); user/ is the user manager's."


def names_in(lines: Iterable[str]) -> Iterator[str]:
    """The name of each unit, ``user/`` before one of the user manager."""
    for line in lines:
        found = UNIT.match(line)
        if found is not None:
            yield found[2] if found[1] == "system" else f"user/{found[2]}"


def main(paths: list[str]) -> int:
    """Prints the list; 2 without a file."""
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    found: set[str] = set()
    for path in paths:
        if path == "-":
            found.update(names_in(sys.stdin))
        else:
            with open(path, encoding="utf-8", errors="replace") as lines:
                found.update(names_in(lines))
    print("\n".join([HEAD, *sorted(found)]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
