"""The nouns of the desk, pure: no await, no SQL, no clock, no channel's name."""
