"""What a desk may say, from one plain message to anything that fits its types."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from bot.model.message import Address, Answer, Button, Outbound, Section

AT = datetime(2025, 11, 22, 9, tzinfo=UTC)
PIECES = [
    "",
    " ",
    "word ",
    "&<>",
    "> quote\n",
    "línea\n",
    "工单",
    "👩🏽‍🚒 ",
    "*_~`",
    "\n\n",
    "x" * 90,
]


def outbound(text: str, **more: Any) -> Outbound:
    """A message to Ana in a support room."""
    return Outbound(7, Address("slack", "C0HELP"), "U0ANA", text, AT, **more)


SHORT = st.text(max_size=20) | st.sampled_from(PIECES)
# Each draw is short and what comes of it may be long: nothing is won by drawing 20,000 characters.
TEXTS = SHORT | st.tuples(SHORT, st.sampled_from([1, 40, 400, 4_000])).map(
    lambda drawn: drawn[0] * drawn[1]
)
COMMANDS = st.sampled_from(["", "/claim IT-1", "open", "/reply " + "x" * 160]) | TEXTS
BUTTONS = st.builds(Button, label=TEXTS, command=COMMANDS, instead=SHORT, main=st.booleans())
ROWS = st.lists(BUTTONS, max_size=4).map(tuple) | st.lists(BUTTONS, min_size=1, max_size=2).map(
    lambda few: tuple(few * 40)
)
FACTS = st.lists(st.tuples(SHORT, TEXTS), max_size=12).map(tuple)
SECTIONS = st.builds(
    Section,
    title=TEXTS,
    text=TEXTS,
    quote=TEXTS,
    facts=FACTS,
    small=TEXTS,
    buttons=ROWS,
    more=ROWS,
)
PANELS = st.lists(SECTIONS, max_size=3).map(tuple) | st.tuples(SECTIONS, st.integers(1, 70)).map(
    lambda drawn: (drawn[0],) * drawn[1]
)
OUTBOUNDS = st.builds(
    outbound,
    TEXTS,
    greeting=TEXTS,
    reference=SHORT,
    sender_name=TEXTS,
    buttons=ROWS,
    mentions=st.lists(st.sampled_from(["U0ANA", "W0LEO", "x", "<!here>"]), max_size=3).map(tuple),
    panel=PANELS,
)
ANSWERS = st.builds(Answer, TEXTS, reference=SHORT, buttons=ROWS, field=SHORT)
