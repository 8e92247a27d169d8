"""What stands in the header of a database file: which program made it, and in which schema."""

APPLICATION_ID = 0x436C_6D42
"""Stands for this program ("ClmB"), so that another program's database is told apart."""
VERSION = 13
"""How many migrations this program knows; a file's own number stands in its header."""
