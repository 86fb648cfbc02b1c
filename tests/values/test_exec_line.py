"""Command lines of Exec directives."""

from __future__ import annotations

import pytest

from unitlint.values.exec_line import exec_command, parse_exec
from unitlint.values.problem import ValueContext, ValueProblem


def judge(text: str, release: int = 262, name: str = "a.service") -> list[ValueProblem]:
    return list(exec_command(text, ValueContext(release, "Service", "ExecStart", {}, False, name)))


def test_a_command_and_its_arguments() -> None:
    (command,) = parse_exec("-/bin/echo 'a b' $X", 262)
    assert command.prefixes == "-"
    assert command.path == "/bin/echo"
    assert command.argv == ("/bin/echo", "a b", "$X")
    assert (command.path_start, command.path_end) == (1, 10)


def test_at_takes_argv0_from_the_line() -> None:
    (command,) = parse_exec("@/bin/sh -sh -c true", 262)
    assert command.argv == ("-sh", "-c", "true")


def test_lone_semicolons_separate_commands() -> None:
    commands = parse_exec(r"/bin/a x ; /bin/b \; y;z ;", 262)
    assert [command.argv for command in commands] == [("/bin/a", "x"), ("/bin/b", ";", "y;z")]


@pytest.mark.parametrize(
    ("text", "release", "prefixes"),
    [
        ("-@:+/x", 262, "-@:+"),
        ("!!/x", 247, "!!"),
        ("+!/x", 262, "+"),
        ("--/x", 262, "-"),
        ("|/x", 262, "|"),
        ("|/x", 257, ""),
    ],
)
def test_prefixes(text: str, release: int, prefixes: str) -> None:
    assert parse_exec(text, release)[0].prefixes == prefixes


def test_an_empty_line_resets() -> None:
    assert not parse_exec("")
    assert judge("") == []


@pytest.mark.parametrize(
    "text", ["/bin/true", "true", "-nothing-here", "/bin/sh -c 'exit 1; true'", "/opt/%n/run %i %% 5%", "${X}"]
)
def test_sound_commands(text: str) -> None:
    assert judge(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("rel/path a", "relative-path", "rel/path"),
        ("~/bin/a", "relative-path", "~/bin/a"),
        ("/usr/bin/", "invalid-value", "/usr/bin/"),
        ("@/bin/a", "invalid-value", "@/bin/a"),
        ("/bin/a%Q", "bad-specifier", "/bin/a%Q"),
        ("/bin/a x %Z", "bad-specifier", "%Z"),
        ('/bin/a "x', "invalid-value", '"x'),
        ('/bin/a "x \\', "invalid-value", '"x \\'),
        ("/bin/a y 'x\\", "invalid-value", "'x\\"),
        (r"/bin/a\\b", "invalid-value", r"/bin/a\\b"),
    ],
)
def test_unsound_commands_refuse_the_unit(text: str, kind: str, place: str) -> None:
    (problem,) = judge(text)
    assert (problem.effect, problem.kind, text[problem.start : problem.end]) == ("refused", kind, place)


def test_minus_drops_only_the_line() -> None:
    assert [problem.effect for problem in judge("-rel/path")] == ["ignored"]


def test_unknown_escape_is_kept_with_a_warning() -> None:
    text = r"/bin/grep \d"
    (problem,) = judge(text)
    assert (problem.effect, problem.suggestion) == ("warned", r"\\d")
    assert text[problem.start : problem.end] == r"\d"


def test_double_bang_is_idle_since_258() -> None:
    assert judge("!!/bin/a", 257) == []
    (problem,) = judge("!!/bin/a", 258)
    assert (problem.effect, problem.kind, problem.suggestion) == ("warned", "deprecated-value", "")


def test_shell_prefix_is_new_in_258() -> None:
    assert judge("|echo a | wc", 262) == []
    assert [problem.effect for problem in judge("|/bin/a", 257)] == ["refused"]


def test_instance_is_empty_outside_of_templates() -> None:
    assert [problem.effect for problem in judge("%i")] == ["refused"]
    assert judge("%i", name="a@.service") == []
