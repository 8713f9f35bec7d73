"""Everyone and everything that stands in a place: people with what they wear and hold, animals, vehicles."""
