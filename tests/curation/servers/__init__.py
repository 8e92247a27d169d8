"""What a server and its team decide: settings, proposals, reports, examples, whose records."""
