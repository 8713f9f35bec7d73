"""The viewer: decoding, the place in time, the picture."""
