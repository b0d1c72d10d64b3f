"""`python -m kit_jwt.command`, and the script `kit-jwt`."""

from __future__ import annotations

import signal
import sys

from kit_jwt import __version__

from .machine import Machine, as_text
from .main import run
from .texts import TEXTS


def end_at_once() -> None:
    """Let Ctrl-C end this process at once, as it does with Node.js, and without a traceback: shells call that 130."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def main() -> int:
    """Run the command with the arguments of this process."""
    end_at_once()
    return run([as_text(word) for word in sys.argv[1:]], Machine(TEXTS.name), __version__)


if __name__ == "__main__":
    sys.exit(main())
