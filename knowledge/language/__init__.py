"""The words of each language that texts are read or answers are written in."""
