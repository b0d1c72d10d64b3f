"""The testing kit has no business in production, and says so."""

from __future__ import annotations

import os
import warnings
from typing import Final

# Variables in which programs say where they run.
_VARIABLES: Final = ("NODE_ENV", "APP_ENV", "ENVIRONMENT")


def warn_in_production() -> None:
    """Warn where one of these variables says `production` or `prod`; there is no other effect."""
    for variable in _VARIABLES:
        if os.environ.get(variable, "").lower() in {"production", "prod"}:
            message = (
                f"the testing kit was loaded where {variable} says production: "
                "its keys are published, trust none of them"
            )
            # Whoever imports is the one to tell, past this function and the package.
            warnings.warn(message, RuntimeWarning, stacklevel=3)
            return
