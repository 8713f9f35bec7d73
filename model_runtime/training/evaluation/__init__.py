"""What the shipped weights can do, measured: scorers, figures, their rows, and the card that follows from them."""
