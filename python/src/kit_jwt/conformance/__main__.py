"""`python -m kit_jwt.conformance [--aio] FILE...`: one JSON line a test; 0 if all passed, 1 if not, 2 for a bad file.

`--aio` runs them on the awaitable face.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from .kinds import KINDS
from .runner import run_file, run_file_awaiting
from .shape import parse_vectors

_VECTORS: Final = Path("conformance", "vectors")


def main(arguments: Sequence[str]) -> int:
    """Run files, or all of conformance/vectors below the current folder or one above it."""
    paths = [Path(argument) for argument in arguments if not argument.startswith("--")] or _all_vectors()
    if not paths:
        sys.stderr.write("no vector files\n")
        return 2
    passed = failed = 0
    for path in paths:
        try:
            parsed = parse_vectors(path.read_text(encoding="utf-8"), KINDS)
            if parsed is None:
                sys.stderr.write(f"{path}: not a file of vectors, format 1\n")
                return 2
            results = asyncio.run(run_file_awaiting(parsed)) if "--aio" in arguments else run_file(parsed)
            for result in results:
                passed, failed = (passed + 1, failed) if result.passed else (passed, failed + 1)
                sys.stdout.write(json.dumps(asdict(result)) + "\n")
        except (OSError, ValueError) as error:
            sys.stderr.write(f"{path}: {type(error).__name__}\n")
            return 2
    sys.stderr.write(f"{passed} passed, {failed} failed\n")
    return 1 if failed else 0


def _all_vectors() -> list[Path]:
    here = Path.cwd()
    folders = [folder / _VECTORS for folder in (here, *here.parents) if (folder / _VECTORS).is_dir()]
    return sorted(folders[0].glob("*.json")) if folders else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
