"""Tokens: the compact form, minting, verifying, claims."""
