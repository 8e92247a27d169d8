"""The commands that answer, one module a command, and what holds for every one."""
