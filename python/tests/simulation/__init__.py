"""Authorities that share a store, under a clock and an order of steps that a seed determines."""
