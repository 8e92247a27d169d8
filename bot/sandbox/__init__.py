"""A simulated Discord: the real bot, without a token or an account, in a terminal or a browser."""

from bot.sandbox.browser import run_in_browser
from bot.sandbox.session import run_sandbox

__all__ = ["run_in_browser", "run_sandbox"]
