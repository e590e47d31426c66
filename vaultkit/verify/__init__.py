"""Running what the notes say, and judging it."""
