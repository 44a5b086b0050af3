"""The command line explains itself, and its exit codes mean what it says."""

from __future__ import annotations

import argparse

import pytest

from palermo import cli, commands


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Every command below a parser, by its words."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                found[name] = below
                found |= {f"{name} {rest}": deeper for rest, deeper in subcommands(below).items()}
    return found


def test_every_command_that_is_promised_is_there() -> None:
    promised = {
        "up",
        "import",
        "sample",
        "report",
        "check",
        "audit verify",
        "worker",
        "account create",
        "export",
        "migrate",
    }
    assert promised <= subcommands(cli.parser()).keys()


@pytest.mark.parametrize("words", sorted(set(subcommands(cli.parser())) - {"manage"}))
def test_each_command_has_a_help(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*words.split(), "--help"])
    assert ended.value.code == 0
    assert f"palermo {words}" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [[], ["no-such-command"], ["import"], ["audit"], ["sample", "--no-such-option"]])
def test_wrong_use_ends_with_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(wrong)
    assert ended.value.code == commands.WRONG_USE
    assert capsys.readouterr().err.startswith("usage: palermo")


def test_the_help_tells_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    told = " ".join(capsys.readouterr().out.split())
    for code in (commands.DONE, commands.FAILED, commands.WRONG_USE, commands.NO_PLAN, commands.UNREADABLE):
        assert f"{code} " in told.split("exit codes:")[1]
