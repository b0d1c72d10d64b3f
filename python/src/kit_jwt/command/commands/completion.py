"""`kit-jwt completion`: the completion script of a shell."""

from __future__ import annotations

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.completions import bash_completion, zsh_completion
from kit_jwt.command.failure import OK, CommandFailureError, quoted
from kit_jwt.command.output import Output
from kit_jwt.command.world import World


def completion(given: Arguments, _world: World, output: Output) -> int:
    """Print the completion script of a shell."""
    shell = given.operands[0]
    if shell not in {"bash", "zsh"}:
        message = f"SHELL is bash or zsh, not {quoted(shell)}"
        raise CommandFailureError(message)
    script = bash_completion() if shell == "bash" else zsh_completion()
    output.result({"script": script, "shell": shell}, script)
    return OK
