"""Answers made of claims: figures, comparisons, what is picked to be shown, and charts."""
