"""The contract of kit-jwt and @kit/jwt as data; README.md says how it looks and how it is run.

>>> (VECTORS / "verify-time.json").is_file(), (FOLDER / "errors.json").is_file()
(True, True)
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["FOLDER", "VECTORS"]

_HERE: Final = Path(__file__).parent

# A wheel carries the data inside; in a checkout it stands where both languages read it.
FOLDER: Final = _HERE if (_HERE / "vectors").is_dir() else _HERE.parents[1]
"""The folder of `vectors/`, `schema/` and the tables: errors, rules, attacks, variables, providers."""

VECTORS: Final = FOLDER / "vectors"
"""The folder of the files of vectors."""
