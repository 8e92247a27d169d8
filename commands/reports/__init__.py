"""Errors that readers report under an answer: the button, where it goes, what becomes of it."""

from commands.reports.button import error_button, missing_button
from commands.reports.deciding import errors_reply
from commands.reports.words import report_lines

__all__ = ["error_button", "errors_reply", "missing_button", "report_lines"]
