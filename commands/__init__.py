"""What a person meets in the chat: the words of the answers, and the commands, one file each."""
