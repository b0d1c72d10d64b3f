"""What an instrumented Python snippet calls, see claims.mjs."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def show(value: object) -> None:
    """Print a value as one line."""
    print(repr(value))


@contextmanager
def raises(wanted: str, concerned: str, line: str) -> Iterator[None]:
    """Fail unless an error of this code, or of this class, concerning this claim or setting, is raised."""
    try:
        yield
    except Exception as error:
        code = getattr(error, "code", None)
        about = getattr(error, "claim", None) or getattr(error, "variable", None)
        if wanted in (code, type(error).__name__) and concerned in ("", about):
            return
        raised = f"{code or type(error).__name__} {about or ''}".strip()
        _fail(line, f"claims {f'{wanted} {concerned}'.strip()}, and raised {raised}")
    _fail(line, f"claims {wanted}, and nothing was raised")


def _fail(line: str, message: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(f"line {line}: {message}\n")
    sys.stderr.flush()
    os._exit(1)
