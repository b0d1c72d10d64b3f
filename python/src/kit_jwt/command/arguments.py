"""Reading the words after a command's name."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NoReturn, TypeAlias

from .failure import CommandFailureError, quoted, unknown
from .texts import CommandText, OptionText, Texts

_Fail: TypeAlias = Callable[[str], NoReturn]


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


def read_arguments(texts: Texts, command: CommandText, words: Sequence[str]) -> Arguments:
    """Read the words after a command's name.

    Faults are told in this order, each at its first place in the line: a switch that was given a value, an option
    without its value, an option that does not exist, one that was repeated, operands.

    Raises:
        CommandFailureError: a mistake.
    """
    fail = _failing(texts, command)
    known = {f"--{option.name}": option for option in (*command.options, *texts.everywhere)}
    end = list(words).index("--") if "--" in words else len(words)
    before = _spelled_out(words[:end], known)
    _check_options(before, known, fail)
    parsed, others = _parser(known.values()).parse_known_args(before)
    operands = [*others, *words[end + 1 :]]
    _check_operands(command, operands, fail)
    given: Mapping[str, object] = vars(parsed)
    values = {name: value for name, value in given.items() if isinstance(value, list)}
    return Arguments(values, frozenset(given) - frozenset(values), operands)


def _parser(options: Iterable[OptionText]) -> ArgumentParser:
    parser = ArgumentParser(add_help=False, allow_abbrev=False)
    for option in options:
        action = "store_true" if option.value is None else "append"
        parser.add_argument(f"--{option.name}", dest=option.name, action=action, default=SUPPRESS)
    return parser


def _looks_like_option(word: str) -> bool:
    return len(word) > 1 and word.startswith("-")


def _name_of(word: str) -> str:
    return word.split("=", 1)[0]


def _spelled_out(words: Sequence[str], known: Mapping[str, OptionText]) -> list[str]:
    """Short names in full; and `--name=` where no value follows.

    One that begins with a dash is the next option, and `--name=-value` says what is meant. Parsers differ in both, and
    in one language from version to version.
    """
    short = {f"-{option.short}": name for name, option in known.items() if option.short}
    spelled: list[str] = []
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        wants_value = word in known and known[word].value is not None
        if wants_value and (following == "" or _looks_like_option(following)):
            spelled.append(f"{word}=")
        else:
            spelled.append(short.get(word, word))
    return spelled


def _check_options(words: Sequence[str], known: Mapping[str, OptionText], fail: _Fail) -> None:
    options = [word for word in words if _looks_like_option(word)]
    for word in options:
        name = _name_of(word)
        if "=" in word and name in known and known[name].value is None:
            fail(f"{name} takes no value")
    # `--` is no value, not even behind an equals sign: there are parsers that drop it.
    for word in options:
        name = _name_of(word)
        if name in known and word in {f"{name}=", f"{name}=--"}:
            fail(f"{name} needs a value")
    for word in options:
        if _name_of(word) not in known:
            fail(unknown("option", _name_of(word)))
    seen: set[str] = set()
    for name in map(_name_of, options):
        if known[name].value is not None and not known[name].many and name in seen:
            fail(f"{name} was given twice")
        seen.add(name)


def _check_operands(command: CommandText, given: Sequence[str], fail: _Fail) -> None:
    places = command.operands.split()
    required = [place for place in places if not place.startswith("[")]
    if len(given) < len(required):
        fail(f"{command.name} needs {required[len(given)]}")
    if len(given) > len(places) and "…" not in command.operands:
        fail(f"{quoted(given[len(places)])} is one word too many")


def _failing(texts: Texts, command: CommandText) -> _Fail:
    def fail(sentence: str) -> NoReturn:
        message = f"{sentence}; see '{texts.name} {command.name} --help'"
        raise CommandFailureError(message)

    return fail
