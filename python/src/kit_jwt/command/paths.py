"""Paths as people type them."""

from __future__ import annotations


def in_folder(folder: str, name: str) -> str:
    """The path of a name in a folder. A slash separates on every system, and a backslash that was typed stays."""
    if folder == ".":
        return name
    return folder + name if folder.endswith("/") else f"{folder}/{name}"
