"""What a command is."""

from __future__ import annotations

from collections.abc import Callable

from .arguments import Arguments
from .output import Output
from .world import World

Command = Callable[[Arguments, World, Output], int]
"""Reads its arguments and the world, writes to the output, and gives the exit status."""
