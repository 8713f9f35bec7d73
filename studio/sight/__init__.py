"""What can be told by looking at pictures: likeness, colour, exposure, what stands before its ground."""
