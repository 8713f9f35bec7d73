"""What stands on the screen without a film: the start screen, its recent films and examples, the form of a new film."""
