"""A simulated Discord in the terminal: the real bot, without a token or an account."""
