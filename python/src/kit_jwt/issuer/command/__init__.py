"""The commands of an issuer: `kit-jwt issuer`."""
