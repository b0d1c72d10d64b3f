"""Candidates: each module has a `NAME`, and makes of the material what signs or verifies, or None where it cannot."""
