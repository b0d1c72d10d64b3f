"""The completion scripts of bash and zsh, made of the same texts as the help."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from .texts import TEXTS, CommandText, OptionText

# What can stand in the place of a value or an operand: files, folders, or one of these words. Nothing else is known.
_VALUES: Final[Mapping[str, str | Sequence[str]]] = {
    "FILE": "files",
    "POLICY": "files",
    "CLAIMS": "files",
    "DIR": "folders",
    "ALG": ("RS256", "PS256"),
    "ROLE": ("producer", "consumer"),
    "SHELL": ("bash", "zsh"),
}


def _options_of(command: CommandText) -> Sequence[OptionText]:
    return [*command.options, *TEXTS.everywhere]


def _bare(operand: str) -> str:
    return re.sub(r"[\[\]…]", "", operand)


def bash_completion() -> str:
    """A script for bash 3.2 (that of macOS) and later."""
    names = " ".join(TEXTS.commands)
    values: list[str] = []
    rest: list[str] = []
    for command in TEXTS.commands.values():
        options = _options_of(command)
        values += [
            f"    {command.name}:--{o.name}) {_bash_words(o.value)} ;;\n" for o in options if o.value is not None
        ]
        spelled = [word for o in options for word in ([f"-{o.short}"] if o.short else []) + [f"--{o.name}"]]
        operands = command.operands.split()
        action = _bash_words(_bare(operands[0])) if operands else ":"
        rest.append(f"    {command.name}) options='{' '.join(spelled)}'; {action} ;;\n")
    return f"""# Completion of {TEXTS.name} for bash: source <({TEXTS.name} completion bash)
_kit_jwt_words() {{ COMPREPLY=($(compgen -W "$1" -- "$current")); }}
_kit_jwt_paths() {{
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$current"))
}}
_kit_jwt() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} name=${{COMP_WORDS[1]}} options=''
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _kit_jwt_words '{names} --help --version'
    return
  fi
  # --option=value comes as three words.
  if [[ $previous == '=' ]]; then previous=${{COMP_WORDS[COMP_CWORD - 2]}}; fi
  if [[ $current == '=' ]]; then current=''; fi
  case $name:$previous in
{"".join(values)}    *) previous='' ;;
  esac
  if [[ -n $previous ]]; then return; fi
  case $name in
{"".join(rest)}  esac
  if [[ $current == -* ]]; then _kit_jwt_words "$options"; fi
}}
complete -F _kit_jwt {TEXTS.name}
"""


def _bash_words(value: str) -> str:
    known = _VALUES.get(value)
    if known is None:
        return ":"
    if known == "files":
        return "_kit_jwt_paths -f"
    return "_kit_jwt_paths -d" if known == "folders" else f"_kit_jwt_words '{' '.join(known)}'"


def zsh_completion() -> str:
    """A script for zsh: for a folder in `fpath`, or to be sourced after `compinit`."""
    names = [f"    '{name}:{_zsh_text(command.summary)}'\n" for name, command in TEXTS.commands.items()]
    cases: list[str] = []
    for command in TEXTS.commands.values():
        given = [*map(_zsh_option, _options_of(command)), *map(_zsh_operand, command.operands.split())]
        lines = " \\\n".join(f"        {line}" for line in given)
        cases.append(f"    {command.name})\n      _arguments -s -S \\\n{lines}\n      ;;\n")
    return f"""#compdef {TEXTS.name}
# Completion of {TEXTS.name} for zsh: {TEXTS.name} completion zsh > ~/.zfunc/_{TEXTS.name}, where ~/.zfunc is in fpath.
_kit-jwt() {{
  local -a commands
  commands=(
{"".join(names)}  )
  if ((CURRENT == 2)); then
    if [[ $PREFIX == -* ]]; then
      _arguments '--help[explain the command]' '--version[tell the version]'
    else
      _describe -t commands command commands
    fi
    return
  fi
  local name=$words[2]
  shift words
  ((CURRENT--))
  case $name in
{"".join(cases)}  esac
}}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _kit-jwt "$@"
else
  compdef _kit-jwt {TEXTS.name}
fi
"""


def _zsh_option(option: OptionText) -> str:
    told = f"[{_zsh_text(option.summary)}]"
    if option.short:
        return f"'(-{option.short} --{option.name})'{{-{option.short},--{option.name}}}'{told}'"
    if option.value is None:
        return f"'--{option.name}{told}'"
    return f"'{'*' if option.many else ''}--{option.name}={told}:{option.value}:{_zsh_action(option.value)}'"


def _zsh_operand(operand: str) -> str:
    repeated = "*" if "…" in operand else ":" if operand.startswith("[") else ""
    return f"'{repeated}:{_bare(operand)}:{_zsh_action(_bare(operand))}'"


def _zsh_action(value: str) -> str:
    known = _VALUES.get(value)
    if known is None:
        return " "
    if known == "files":
        return "_files"
    return "_files -/" if known == "folders" else f"({' '.join(known)})"


def _zsh_text(text: str) -> str:
    """Text between quotes within a description: what ends one of them is escaped."""
    return re.sub(r"[\\:\[\]]", r"\\\g<0>", text).replace("'", "'\\''")
