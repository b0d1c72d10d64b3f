"""The command `kit-jwt`."""
