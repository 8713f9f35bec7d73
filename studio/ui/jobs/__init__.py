"""The queue at the foot of the window."""
