"""Encryption of keys at rest."""
