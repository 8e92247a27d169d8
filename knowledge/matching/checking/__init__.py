"""From a message to the figures asserted in it, each held against what is on file."""

from knowledge.matching.checking.checker import Checker

__all__ = ["Checker"]
