"""Units of distributions' packages: known by name, so that none is taken for a misspelling."""

from __future__ import annotations

import pytest

from tools.build_known_units import names_in
from unitlint.api import check_text
from unitlint.checks.dependencies.misspelt import is_known_name

LINES = """\
lib/systemd/system/rpcbind.service                      net/rpcbind
usr/lib/systemd/system/getty@.service.d/x.conf          admin/x
usr/lib/systemd/user/wys.service                        misc/wys
usr/share/doc/systemd/system/no.service                 doc/x
lib/systemd/system/postgresql@.service                  database/postgresql-common
"""


def test_names_are_read_from_the_index() -> None:
    assert list(names_in(LINES.splitlines(keepends=True))) == [
        "rpcbind.service",
        "user/wys.service",
        "postgresql@.service",
    ]


@pytest.mark.parametrize(
    "name", ["rpcbind.service", "postgresql@.service", "redis-server.service", "systemd-udevd.service"]
)
def test_packages_bring_them(name: str) -> None:
    assert is_known_name(name)


def test_a_target_of_a_package_is_no_misspelling() -> None:
    text = "[Unit]\nAfter={}\n[Service]\nExecStart=/usr/bin/web\n"
    assert "UL718" in {finding.code for finding in check_text(text.format("remote_fs.target"))}
    assert "UL718" not in {finding.code for finding in check_text(text.format("nfs-client.target"))}
