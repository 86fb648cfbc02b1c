"""Predicates of the rules about the file and its syntax: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL001": "reader_problems:not_utf8",
    "UL002": "reader_problems:missing_equals",
    "UL003": "reader_problems:invalid_section_header",
    "UL004": "reader_problems:assignment_outside_section",
    "UL005": "reader_problems:unknown_section",
    "UL006": "reader_problems:line_too_long",
    "UL007": "continuations:backslash_then_space",
    "UL008": "continuations:continuation_to_end_of_file",
    "UL009": "continuations:comment_in_continuation",
    "UL010": "trailing_comment:trailing_comment_in_value",
    "UL011": "line_ends:crlf",
    "UL012": "line_ends:nul",
    "UL013": "empty_file:empty_file_masks_unit",
    "UL015": "assigned_twice:check",
}
