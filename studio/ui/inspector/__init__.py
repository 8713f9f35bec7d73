"""The event the hands are on in the cut: what it shows, where it stands, and its small notes."""
