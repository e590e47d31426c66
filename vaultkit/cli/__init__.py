"""The `vaultkit` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from vaultkit.cli.root import vaultkit

    vaultkit()
