"""What `--help` prints."""

from __future__ import annotations

from typing import Final

from .style import Style
from .texts import CommandText, OptionText, Texts

_WIDTH: Final = 80


def overview(texts: Texts, style: Style) -> str:
    """The help of the whole program."""
    width = max(map(len, texts.commands))
    rows = [f"  {style('cyan', name.ljust(width))}  {command.summary}\n" for name, command in texts.commands.items()]
    return "".join(
        [
            f"{texts.summary}\n\n",
            f"{style('bold', 'Usage')}\n  {texts.name} COMMAND [OPTION…]\n\n",
            f"{style('bold', 'Commands')}\n{''.join(rows)}\n",
            f"'{texts.name} COMMAND --help' explains one of them; '{texts.name} --version' tells the version.\n",
            f"{texts.more}\n" if texts.more else "",
        ]
    )


def help_of(texts: Texts, command: CommandText, style: Style) -> str:
    """The help of one command."""
    options = [*command.options, *texts.everywhere]
    usage = " ".join([texts.name, command.name, "[OPTION…]", *([command.operands] if command.operands else [])])
    width = max(len(_spelled(option)) for option in options)
    rows: list[str] = []
    for option in options:
        first, *more = wrap(option.summary, _WIDTH - width - 4)
        rows.append(f"  {style('cyan', _spelled(option).ljust(width))}  {first}")
        rows.extend(" " * (width + 4) + line for line in more)
    shown = [f"  {style('dim', f'# {example.about}')}\n  {example.line}\n" for example in command.examples]
    return "".join(
        [
            f"{command.summary}\n\n",
            f"{style('bold', 'Usage')}\n  {usage}\n\n",
            *("\n".join(wrap(paragraph, _WIDTH)) + "\n\n" for paragraph in command.about),
            f"{style('bold', 'Options')}\n" + "\n".join(rows) + "\n\n",
            f"{style('bold', 'Examples')}\n{''.join(shown)}",
        ]
    )


def _spelled(option: OptionText) -> str:
    short = f"-{option.short}, " if option.short else ""
    value = f" {option.value}" if option.value else ""
    return f"{short}--{option.name}{value}"


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most so many characters, broken at blanks."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
