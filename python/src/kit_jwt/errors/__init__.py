"""Errors and the closed list of their codes."""

from .codes import CODES, CodeEntry, ConfigErrorCode, TokenErrorCode
from .errors import ConfigError, KitError, MisuseError, TokenError

__all__ = [
    "CODES",
    "CodeEntry",
    "ConfigError",
    "ConfigErrorCode",
    "KitError",
    "MisuseError",
    "TokenError",
    "TokenErrorCode",
]
