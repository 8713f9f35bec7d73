"""Likeness, colour and exposure measured on drawings whose truth is known; run by `python -m tests.continuity`."""
