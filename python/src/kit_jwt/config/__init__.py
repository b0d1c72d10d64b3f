"""Configuration: from the environment or an object to a validated whole."""
