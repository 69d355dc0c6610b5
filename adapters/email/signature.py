"""Finds what stands under a person's words: the signature, and the line of their telephone."""

from collections.abc import Iterator, Sequence

from adapters.email.phrases import DEVICES, SMALL_PRINT

_MOST_LINES = 12  # of a signature; something longer is no signature
_LONGEST_LINE = 90  # a longer one is a sentence, not a name or a telephone number
_LONGEST_DEVICE = 80
_SENTENCE = 8  # words


def signature_lines(texts: Sequence[str], quoted: set[int]) -> set[int]:
    """The numbers of signature lines in the writer's own stretches, those outside `quoted`."""
    found: set[int] = set()
    for first, last in _own(texts, quoted):
        found |= _delimited(texts, first, last)
        found |= _device(texts, first, last, found)
    return found


def _own(texts: Sequence[str], quoted: set[int]) -> Iterator[tuple[int, int]]:
    """Stretches that aren't quoted; quoted lines that stay in sight end one too."""
    first = 0
    for number, text in enumerate(texts):
        if number in quoted or text.startswith(">"):
            if number > first:
                yield first, number
            first = number + 1
    if first < len(texts):
        yield first, len(texts)


def _delimited(texts: Sequence[str], first: int, last: int) -> set[int]:
    """The signature under "-- ": its paragraphs up to the first that reads like a message."""
    delimiters = [n for n in range(first, last) if texts[n].rstrip() == "--"]
    for start in delimiters[-3:]:
        end = _signature_end(texts, start, last)
        if end is not None:
            return set(range(start, end))
    return set()


def _signature_end(texts: Sequence[str], start: int, last: int) -> int | None:
    end = start + 1
    for above, below in _paragraphs(texts, start + 1, last):
        paragraph = texts[above:below]
        if not _is_small_print(paragraph):
            if end - start > 1 and _is_message(paragraph):
                break
            if below - start > _MOST_LINES or _is_message(paragraph):
                return None if end - start == 1 else end
        end = below
    return end if end - start > 1 or not any(texts[n].strip() for n in range(end, last)) else None


def _paragraphs(texts: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    begun: int | None = None
    for number in range(first, last):
        if texts[number].strip():
            begun = number if begun is None else begun
        elif begun is not None:
            yield begun, number
            begun = None
    if begun is not None:
        yield begun, last


def _is_small_print(paragraph: Sequence[str]) -> bool:
    said = " ".join(paragraph[:40]).lower()
    return any(word in said for word in SMALL_PRINT)


def _is_message(paragraph: Sequence[str]) -> bool:
    """Whether it reads like something to be answered: a question, or sentences."""
    return any(
        "?" in line.replace("://", "").partition("http")[0]
        or len(line) > _LONGEST_LINE
        or _is_sentence(line)
        for line in paragraph
    )


def _is_sentence(line: str) -> bool:
    """Eight words and more that end like a sentence, or open a remark."""
    said = line.strip()
    if said.lower().startswith(("p.s", "ps:", "ps.", "p.d", "pd:", "pd.", "nb:", "n.b")):
        return True
    return len(said.split()) >= _SENTENCE and said.endswith((".", "!", ":", ";", ","))


def _device(texts: Sequence[str], first: int, last: int, found: set[int]) -> set[int]:
    """ "Sent from my telephone", if nothing of the writer's own follows."""
    for number in range(last - 1, max(first - 1, last - 30), -1):
        said = texts[number].strip().strip("*_<>[] ").lower()
        if not said or number in found:
            continue
        if len(said) <= _LONGEST_DEVICE and said.startswith(DEVICES):
            return {number}
        return set()
    return set()
