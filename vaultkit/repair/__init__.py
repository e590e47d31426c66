"""What a broken link meant: told only where one note, and no other, can be meant."""
