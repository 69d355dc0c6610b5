"""What the tests of the webhook door stand on: a program that hears, and the door to it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from webhook_receiver import SECRET, Receiver, receiving

from adapters.webhook.channel import WebhookChannel
from adapters.webhook.settings import Webhook, WebhookSettings
from bot.model.message import Address, Outbound

Letter = Callable[..., Outbound]


@pytest.fixture
async def crm() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
async def door(crm: Receiver) -> AsyncIterator[WebhookChannel]:
    settings = WebhookSettings(webhooks=(Webhook(url=crm.url, name="crm", secret=SECRET),))
    channel = WebhookChannel(settings, "5e5e")
    yield channel
    await channel.close()


@pytest.fixture
def letter() -> Letter:
    def make(row: int = 7, room: str = "crm") -> Outbound:
        text = '{"event": "opened", "ticket": {"reference": "IT-1", "summary": "Añil ⟂"}}'
        return Outbound(row, Address("webhook", room), "", text, datetime.now(UTC))

    return make
