"""Running what notes contain, and judging the functions they define."""
