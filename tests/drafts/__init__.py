"""From typed forms and articles to records, below the chat, and who may change what."""
