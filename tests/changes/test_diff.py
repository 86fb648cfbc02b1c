"""What is read from a diff, whatever stands in its lines and names."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unitlint.changes.diff import WHOLE, changed_lines

LINES = st.lists(
    st.sampled_from([b"a", b"b", b"", b"+++ b/c", b"--- a/c", b"@@ -1 +1 @@", b"\\", b"diff --git a/x b/x"])
)


def test_the_forms_of_a_diff() -> None:
    diff = (
        b"diff --git a/old.service b/new name.service\nsimilarity index 90%\nrename from old.service\n"
        b"rename to new name.service\n--- a/old.service\n+++ b/new name.service\t\n"
        b"@@ -3 +3,2 @@ [Service]\n-Nice=1\n+Nice=2\n+Nice=3\n@@ -9,2 +10,0 @@\n-x\n-y\n"
        b'diff --git "a/\\303\\244\\t.service" "b/\\303\\244\\t.service"\nindex 1..2 100644\n'
        b'--- "a/\\303\\244\\t.service"\n+++ "b/\\303\\244\\t.service"\n'
        b"@@ -1,3 +1,4 @@\n a\n+b\n\n c\n\\ No newline at end of file\n"
        b"diff --git a/empty.service b/empty.service\nnew file mode 100644\nindex 0000000..e69de29\n"
        b"diff --git a/gone.service b/gone.service\ndeleted file mode 100644\n--- a/gone.service\n+++ /dev/null\n"
        b"@@ -1 +0,0 @@\n-[Unit]\n"
    )
    assert changed_lines(diff) == {
        b"new name.service": ((3, 4),),
        "ä\t.service".encode(): ((2, 2),),
        b"empty.service": WHOLE,
    }


@pytest.mark.parametrize("diff", [b"", b"@@ -1 +1 @@\n+x\n", b"+++ b/x\n@@ -1,9 +1,9 @@\n+x\n", b"+++ b/x\n@@ -1 +1"])
def test_what_is_no_whole_diff_does_no_harm(diff: bytes) -> None:
    assert set(changed_lines(diff)) <= {b"x"}


@settings(max_examples=40, deadline=None)
@given(old=LINES, new=LINES, context=st.sampled_from(["-U0", "-U3"]))
def test_git_itself(old: list[bytes], new: list[bytes], context: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The lines that are not told as changed are the old ones, in their order."""
    folder: Path = tmp_path_factory.mktemp("diff")
    (folder / "a").write_bytes(b"".join(line + b"\n" for line in old))
    (folder / "b").write_bytes(b"".join(line + b"\n" for line in new))
    words = ["git", "diff", "--no-index", context, "--src-prefix=a/", "--dst-prefix=b/", "a", "b"]
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False, env=os.environ)
    ranges = changed_lines(done.stdout).get(b"b", ())
    added = {number for first, last in ranges for number in range(first, last + 1)}
    assert added <= set(range(1, len(new) + 1))
    waiting = iter(old)
    assert all(line in waiting for number, line in enumerate(new, 1) if number not in added)
