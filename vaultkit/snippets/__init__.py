"""Code blocks of notes as values, and the plan that writes them as importable modules."""
