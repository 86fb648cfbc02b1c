"""The words that nobody should read twice, for the tests of rules and of the documentation."""

from __future__ import annotations

import re

FORBIDDEN = {
    r"\bmend(s|ed|ing|able)?\b": "fix",
    r"\btells nobody\b": "silently",
    r"\b(it is|is) none of\b": "say what is accepted",
    r"\bit is no\b": "is not a …",
    r"\bputs? up with\b": "accept, ignore",
    r"\bgo(es)? ill\b": "conflicts with",
    r"\bgoes? badly\b": "conflicts with",
    r"\blines? (that )?hold\b": "takes effect",
    r"\bfor ever\b": "forever",
    r"\bwithout a word\b": "silently",
    r"\bpass(es|ed)? over\b": "ignores, skips",
    r"\bon its way out\b": "deprecated",
    r"\bno line bounds\b": "is not limited",
    r"\bwhosoever\b|\bwhoever\b": "anyone who",
    r"\bof which (none|nothing|some|several)\b": "two sentences",
    r"\bshall\b": "should, must",
    r"\btakes? the bit\b|\btake the right away\b": "remove",
    r"\bstrays?\b": "a plain word",
    r"\bfor good\b": "permanently",
    r"\bspeaks? up\b": "report",
    r"\bgo(es)? on\b": "continue",
    r"\btakes? back\b": "clear, reset",
    r"\btakes? (away|off)\b": "remove",
    r"\bout of sight\b": "hidden",
    r"\bmake believe\b": "mislead",
    r"\bhand(s|ed)? (on|over|down)\b": "pass",
    r"\bsurely\b": "certainly, or leave it out",
    r"\bmisspelt\b(?!-)": "misspelled",
    r"\band the like\b|\b(its|their) like\b": "and similar …",
    r"\bfolders?\b(?![=` }])": "directory",
    r"\bblanks?\b": "space, empty line",
    r"\bsay nothing of\b|\bnothing is said\b": "not reported",
    r"\blet be\b": "not reported",
    r"\broot trees?\b": "root directory",
    r"\bcaught in\b|\bhalf dead\b": "a plain word",
}
"""What must not be read anywhere, each with what to write."""


def offences(where: str, text: str) -> list[str]:
    flat = " ".join(text.split())
    return [
        f"{where}: …{flat[max(0, found.start() - 30) : found.end() + 30]}… ({better})"
        for pattern, better in FORBIDDEN.items()
        for found in re.finditer(pattern, flat, re.IGNORECASE)
    ]
