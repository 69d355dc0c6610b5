"""Marks that people type around words to set them off, on any channel: *bold*, _so_, ~out~, `code`.

The words are the same without them: a title, or what is quoted as a reason, is read as plain text.
"""

import re

_MARKS = frozenset("*_~`")
_DEEPEST = 4  # marks within marks
_PAIR = re.compile(  # close around words, and no part of a path, a product or a name in a program
    r"""(?<![^\s(\[{"'“‘«¿¡>*_~`-])(\*{1,2}|_|~{1,2}|`)(?=\S)(?:(?<=`)|(?![/\\]))"""
    r"""((?:(?!\1)[^\n]){1,300}?)(?<=\S)\1(?![\w*_~`/\\]|\.\w)"""
)


def unmarked(text: str) -> str:
    """The words alone. What is no pair of marks stays: "2 * 3", "*.txt", "my_file_name"."""
    text = unfenced(text)
    for _ in range(_DEEPEST):
        if _MARKS.isdisjoint(text):
            break
        text, found = _PAIR.subn(r"\2", text)
        if not found:
            break
    return text


def unfenced(text: str) -> str:
    """The text without the fences around code, the code itself on lines of its own."""
    if "```" not in text:
        return text
    parts = [each.strip("\n") for each in text.split("```")]
    return "\n".join(each for each in parts if each.strip())


def quoted(words: str) -> str:
    """The words as a quotation, each line behind "> "; no fence stands within one."""
    return "\n".join(f"> {line}".rstrip() for line in unfenced(words).splitlines())
