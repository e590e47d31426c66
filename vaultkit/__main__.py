"""`python -m vaultkit` is the `vaultkit` command."""

from vaultkit.cli import main

main()
