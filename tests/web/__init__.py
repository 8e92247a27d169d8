"""The pages: in a browser, over HTTP, as a process, of each server."""
