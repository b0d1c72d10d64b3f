"""One table of algorithms, and what each of them does with bytes."""
