"""Keys over time, and what they may be at a moment."""
