"""How two names compare: Obsidian's own equality, and the normal forms that repairs use."""

from vaultkit.names.fold import STEPS, Step, fold, letters
from vaultkit.names.obsidian import block_key, heading_key, link_key

__all__ = ["STEPS", "Step", "block_key", "fold", "heading_key", "letters", "link_key"]
