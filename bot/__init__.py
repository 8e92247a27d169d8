"""The process: settings, client, sandbox, command line, web pages, and tools for agents."""
