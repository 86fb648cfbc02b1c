"""Looking up paths by index finds what a look at each of them finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unitlint.checks.sandbox.mounts import Mount, Mounts
from unitlint.checks.sandbox.view import is_below
from unitlint.syntax.reader import read

PATHS = st.lists(st.sampled_from("ab"), max_size=4).map(lambda parts: "/" + "/".join(parts)) | st.sampled_from(
    ("/a-", "/a-/b", "/aa", "/a/b-c")
)
CAUSE = read(b"[Service]\nReadOnlyPaths=/a\n", "x.service").assignments[0]


@given(st.lists(PATHS, max_size=8), PATHS)
def test_the_index_answers_as_a_look_at_each_does(paths: list[str], path: str) -> None:
    mounts = Mounts(Mount(place, CAUSE) for place in paths)
    around = [place for place in paths if is_below(path, place)]

    assert [mount.path for mount in mounts.around(path)] == sorted(set(around), key=len)
    first, deepest = mounts.first_around(path), mounts.deepest_around(path)
    assert (first.path if first else None) == next(iter(around), None)
    assert (deepest.path if deepest else None) == max(around, key=len, default=None)
    assert mounts.is_any_within(path) == any(is_below(place, path) for place in paths)
    assert [mount.path for mount in mounts] == paths
