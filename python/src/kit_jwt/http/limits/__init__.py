"""How much of what, in how much time."""
