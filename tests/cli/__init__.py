"""The command line: what is printed, where, and the exit codes."""
