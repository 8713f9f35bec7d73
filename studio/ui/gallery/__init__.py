"""The subjects of the film."""
