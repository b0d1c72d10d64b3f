"""Runs the vectors of conformance/vectors against this implementation: `python -m kit_jwt.conformance FILE...`."""

from .runner import Result, run_file, run_file_awaiting, run_test

__all__ = ["Result", "run_file", "run_file_awaiting", "run_test"]
