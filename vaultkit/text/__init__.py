"""One file's exact bytes, places in them, and edits to them."""

from vaultkit.text.edit import Edit, apply_edits, overlapping
from vaultkit.text.lazy import lazy
from vaultkit.text.source import Source
from vaultkit.text.span import Position, Span

__all__ = ["Edit", "Position", "Source", "Span", "apply_edits", "lazy", "overlapping"]
