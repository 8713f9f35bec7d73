"""Notes on the current shot and on frames of its takes."""
