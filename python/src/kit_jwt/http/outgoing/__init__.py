"""Calling others: the tokens that a service shows to its targets."""
