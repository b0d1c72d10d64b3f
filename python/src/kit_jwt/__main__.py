"""`python -m kit_jwt`, and the script `kit-jwt`: the commands, and those of an issuer behind `issuer`."""

from __future__ import annotations

import sys

from kit_jwt import __version__

from .command import __main__ as commands
from .command.machine import as_text


def main() -> int:
    """Run the command with the arguments of this process."""
    _, *words = [as_text(word) for word in sys.argv]
    if words[:1] != ["issuer"]:
        return commands.main()
    commands.end_at_once()
    # Loaded where they are asked for: the other commands have no need of an issuer.
    from .issuer.command.machine import IssuerMachine  # noqa: PLC0415
    from .issuer.command.main import run  # noqa: PLC0415

    return run(words[1:], IssuerMachine(), __version__)


if __name__ == "__main__":
    sys.exit(main())
