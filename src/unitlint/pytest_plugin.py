"""The fixture ``unitlint``.  pytest loads this in every project, so it imports nothing of the linter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from unitlint.testing import Linter


@pytest.fixture(name="unitlint")
def _unitlint(pytestconfig: pytest.Config) -> Linter:
    """Checks units in a test: ``assert not unitlint.check("deploy/web.service")``."""
    from unitlint.testing import Linter

    return Linter(str(pytestconfig.rootpath))
