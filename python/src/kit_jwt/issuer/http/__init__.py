"""Requests and answers as plain values, and what makes them of a server's."""
