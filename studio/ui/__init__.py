"""The window: screens over cards, and nothing that decides about the film."""
