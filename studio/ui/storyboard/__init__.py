"""The board of shots."""
