"""One oracle per file: a float64 definition that never meets torch, and what must hold for it.

A file's name is its concept's id (`focal_loss.py` is `focal-loss`); the walk over this package
finds it, so an oracle cannot be forgotten.
"""
