"""A short word for what somebody was shown: whoever names it has seen it."""

from hashlib import sha256

_SIGNS = 4


def stands_for(*shown: object) -> str:
    """The word for just this: for anything else it is another one."""
    return f"#{sha256(repr(shown).encode()).hexdigest()[:_SIGNS]}"
