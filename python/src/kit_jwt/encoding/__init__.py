"""Bytes, base64url, strict JSON and canonical JSON: no I/O, no clock, no crypto."""
