"""The concept graph of a vault: what is linked, how, where, and what follows from it."""
