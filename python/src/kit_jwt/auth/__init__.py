"""Authorisation: policies, checks, delegation."""
