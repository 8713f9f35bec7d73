"""Prompt writers the user sets up: local servers and hosted services that write a longer prompt."""
