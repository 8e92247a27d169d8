"""A simulated Discord in the terminal: the real bot, without a token or an account."""

from bot.sandbox.session import run_sandbox

__all__ = ["run_sandbox"]
