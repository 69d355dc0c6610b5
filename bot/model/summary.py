"""One line that says what a message is about."""

import re

LIMIT = 78  # characters
_READ = 2_000  # characters of the text that are looked at
_ANSWER = re.compile(
    r"\s*(?:(?:re|rv|fwd?|fw|aw|wg|tr|rif|r|i|enc|res)\s*(?:\[\d+\])?:|\[[^\]]{1,40}\])\s*", re.I
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_HELLO = 4  # words: a shorter first sentence is a greeting where more follows


def summary(subject: str, text: str, limit: int = LIMIT) -> str:
    """The subject without "Re:" and tags; without a subject, the first sentence that says more
    than hello; cut at a word to `limit` characters.
    """
    return _cut(_bare(subject[:_READ]) or _opening(text[:_READ]), limit)


def _bare(subject: str) -> str:
    """The subject as its writer meant it, without what mail programs put in front."""
    bare = " ".join(subject.split())
    while found := _ANSWER.match(bare):
        bare = bare[found.end() :]
    return bare


def _opening(text: str) -> str:
    sentences = [" ".join(each[0].split()) for each in _SENTENCE.finditer(text) if each[0].strip()]
    telling = (each for each in sentences if len(each.split()) > _HELLO)
    return next(telling, sentences[-1] if sentences else "").rstrip(".")


def _cut(line: str, limit: int) -> str:
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    word, _, rest = head.rpartition(" ")
    return f"{(word if len(word) > limit // 2 else word + ' ' + rest).strip(' ,;:')}…"
