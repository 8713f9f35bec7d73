"""Do the shots hold together: each cut of the scene, and each place a subject returns."""
