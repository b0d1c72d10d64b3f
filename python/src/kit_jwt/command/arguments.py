"""Reading the words after a command's name."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentError, ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from .failure import CommandFailureError, quoted, unknown
from .texts import EVERYWHERE, NAME, CommandText, OptionText


@dataclass(frozen=True, slots=True)
class Arguments:
    """What follows the name of a command.

    Attributes:
        values: of the options given, by name.
        switches: options without a value that were given.
        operands: the other words.
    """

    values: Mapping[str, Sequence[str]]
    switches: frozenset[str]
    operands: Sequence[str]


def read_arguments(command: CommandText, words: Sequence[str]) -> Arguments:
    """Read the words after a command's name.

    Faults are told in this order, each at its first place in the line: a switch that was given a value, an option
    without its value, an option that does not exist, one that was repeated, operands.

    Raises:
        CommandFailureError: a mistake.
    """
    known = {option.name: option for option in (*command.options, *EVERYWHERE)}
    before, after = _split(words)
    return _check(command, known, before, after)


def _split(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stands before `--`, and what after: operands, whatever they look like."""
    if "--" not in words:
        return list(words), []
    end = list(words).index("--")
    return list(words[:end]), list(words[end + 1 :])


def _check(
    command: CommandText, known: Mapping[str, OptionText], before: Sequence[str], after: Sequence[str]
) -> Arguments:
    parser = _parser(known.values())
    try:
        parsed, others = parser.parse_known_args(before)
    except ArgumentError as error:
        # The one fault that this parser tells: everything else is read first and judged below.
        _fail(command, f"{(error.argument_name or '').split('/')[-1]} takes no value")
    given: Mapping[str, object] = vars(parsed)
    values: dict[str, list[str]] = {name: value for name, value in given.items() if isinstance(value, list)}
    for name, texts in values.items():
        if any(_is_missing(name, text, before) for text in texts):
            _fail(command, f"--{name} needs a value")
    for word in others:
        if word.startswith("-") and word != "-":
            _fail(command, unknown("option", word.split("=")[0]))
    for name, texts in values.items():
        if len(texts) > 1 and not known[name].many:
            _fail(command, f"--{name} was given twice")
    operands = [*others, *after]
    _check_operands(command, operands)
    return Arguments(values, frozenset(given) - frozenset(values), operands)


def _parser(options: Iterable[OptionText]) -> ArgumentParser:
    parser = ArgumentParser(prog=NAME, add_help=False, allow_abbrev=False, exit_on_error=False)
    for option in options:
        names = [*([f"-{option.short}"] if option.short else []), f"--{option.name}"]
        if option.value is None:
            parser.add_argument(*names, dest=option.name, action="store_true", default=SUPPRESS)
        else:
            parser.add_argument(*names, dest=option.name, action="append", nargs="?", const="", default=SUPPRESS)
    return parser


def _is_missing(name: str, text: str, words: Sequence[str]) -> bool:
    """A value that begins with a dash is the next option: `--name=-value` says what is meant."""
    return text == "" or (len(text) > 1 and text.startswith("-") and f"--{name}={text}" not in words)


def _check_operands(command: CommandText, given: Sequence[str]) -> None:
    places = command.operands.split()
    required = [place for place in places if not place.startswith("[")]
    if len(given) < len(required):
        _fail(command, f"{command.name} needs {required[len(given)]}")
    if len(given) > len(places) and "…" not in command.operands:
        _fail(command, f"{quoted(given[len(places)])} is one word too many")


def _fail(command: CommandText, sentence: str) -> NoReturn:
    message = f"{sentence}; see '{NAME} {command.name} --help'"
    raise CommandFailureError(message)
