"""New notes, merged and split ones, index notes, canvases, bases: all as plans."""
