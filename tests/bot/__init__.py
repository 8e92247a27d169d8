"""The process: settings, gateway, shards, log, metrics, its end, and the tools for agents."""
