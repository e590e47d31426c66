"""vaultkit keeps an Obsidian-style knowledge vault true."""

__version__ = "0.1.0"
