"""What a person meets in the chat: one module per slash-command family."""
