"""What outlives a token: replay stores and revocation lists, as ports and in memory."""
