"""What the bell says, a folder for each language."""
