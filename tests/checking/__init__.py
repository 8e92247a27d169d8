"""What a message asserts, held against what is on file."""
