"""The shot's fields, its prompt and what generates from it."""
