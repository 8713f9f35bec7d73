"""Our side of the boundary to the runtime process: its life, and the talk with it."""
