"""What may stand in the config of reports: who is sent which one, and when."""

from dataclasses import dataclass
from datetime import time
from typing import Literal

from bot.channel import WrongSettings
from bot.model.subscription import LAST_DAY, Every, Subscription

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_USUAL = Subscription(report="", to=())


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionTable:
    """[[subscriptions]]: a report, its readers, and when they read it."""

    report: str
    to: tuple[str, ...]
    every: Literal["", "day", "week", "month"] = ""
    at: time | None = None
    weekday: Literal[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
    ] = "monday"
    day: int = _USUAL.day
    language: str = ""

    def __post_init__(self) -> None:
        """Each month has such a day, and somebody reads it."""
        if not 1 <= self.day <= LAST_DAY:
            mend = f"write one that every month has, 1 to {LAST_DAY}"
            raise WrongSettings(f"day = {self.day}", mend)
        if not self.to:
            mend = 'write who, like to = ["teams"], or take this subscription out'
            raise WrongSettings("to names nobody", mend)

    @property
    def subscription(self) -> Subscription:
        """As the model knows it."""
        return Subscription(
            report=self.report,
            to=tuple(dict.fromkeys(self.to)),
            at=self.at or _USUAL.at,
            every=Every(self.every) if self.every else None,
            weekday=DAYS.index(self.weekday),
            day=self.day,
            language=self.language,
        )
