"""The issuer over HTTP: who may have which token."""
