"""The process: settings, client, sandbox and command line."""
