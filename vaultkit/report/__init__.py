"""Findings, links, plans and outcomes as a person, an agent or a CI service reads them."""
