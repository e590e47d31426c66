"""Intended writes as a value, and the one door that carries them out."""
