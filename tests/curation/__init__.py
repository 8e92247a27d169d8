"""Curators and contributors at work in the chat, each test on a copy of the handmade base."""
