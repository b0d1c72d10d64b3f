"""Keys: each binds an algorithm, a `kid` and its material, is parsed once, and never guesses from its bytes."""
