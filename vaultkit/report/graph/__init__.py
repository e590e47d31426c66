"""The concept graph as a person reads it, and as other tools open it."""
