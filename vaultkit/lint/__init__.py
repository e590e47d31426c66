"""Findings about a vault: each rule is one file that carries its page and its examples."""
