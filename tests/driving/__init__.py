"""Driving the program: at the command line, in the chat, in a browser, as a process."""
