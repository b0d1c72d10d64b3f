"""`python -m kit_jwt.command`, and the script `kit-jwt`."""

from __future__ import annotations

import os
import sys
from typing import Final

from kit_jwt import __version__

from .machine import Machine
from .main import run

_INTERRUPTED: Final = 130


def main() -> int:
    """Run the command with the arguments of this process."""
    try:
        return run(sys.argv[1:], Machine(), __version__)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # A reader that went away (`| head`) is no error of ours; nothing more is written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
