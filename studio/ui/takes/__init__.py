"""The takes and panels of a shot."""
