"""Cutting a region, or one thing without its background, out of a picture."""
