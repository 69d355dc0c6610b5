"""A value that is worked out when it is first asked for holds up nobody who asks for another."""

from dataclasses import dataclass, field
from threading import Event, Thread

from bot.model.lazy import lazy
from bot.turn import Turn


@dataclass
class Asked:
    """Somebody whose answer waits until something has happened."""

    awaits: Event
    count: int = field(default=0, init=False)

    @lazy
    def answer(self) -> int:
        """How often it was worked out."""
        assert self.awaits.wait(10), "another one's answer never came"
        self.count += 1
        return self.count


def test_it_is_worked_out_once() -> None:
    now = Event()
    now.set()
    asked = Asked(now)
    assert (asked.answer, asked.answer, asked.count) == (1, 1, 1)
    assert Asked.answer.__doc__ == "How often it was worked out."


def test_one_that_waits_for_another_gets_its_answer() -> None:
    """As two transactions do: one waits in the database for what the other has changed."""
    later, now = Event(), Event()
    waiting, quick = Asked(later), Asked(now)
    now.set()
    thread = Thread(target=lambda: waiting.answer)
    thread.start()
    try:
        assert quick.answer == 1
    finally:
        later.set()
        thread.join(20)
    assert waiting.count == 1


def test_what_a_turn_looks_up_in_the_book_is_such() -> None:
    looked_up = ("ticket", "named", "about", "below", "answered", "answered_entry")
    assert all(isinstance(getattr(Turn, name), lazy) for name in looked_up)
