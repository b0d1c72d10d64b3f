"""What `kit-jwt doctor` looks for."""
