"""The webhook door: programs elsewhere hear, signed and in order, what happens to tickets."""
