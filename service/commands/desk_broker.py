"""What `copydesk desk` asks the broker, with the code of `copydesk explain` and `copydesk dlq replay`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from service.commands.shared import CommandFailed
from service.desk.outside import BrokerAway, RawText, Replay
from service.records import Origin, Reason
from service.settings import Settings


class DeskBroker:
    """Reach the broker of the settings, each time anew: the page works without one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def raw_text(self, origin: Origin) -> RawText | None:
        """Read the article of a raw record again; None where the record is no longer kept."""
        from service.commands.explain import article_at

        with _said_as_away():
            article = await article_at(origin, self._settings)
        return None if article is None else RawText(article.title, article.text)

    async def replay(self, reason: str, *, dry_run: bool) -> Replay:
        """Send the dead letters with this reason back to the raw topic, or count them only."""
        from service.commands.dlq import sent_back
        from service.commands.dlq_selection import Wanted

        with _said_as_away():
            replayable, chosen, tally = await sent_back(
                self._settings, Wanted([Reason(reason)]), dry_run=dry_run
            )
        return Replay(
            replayable.raw_topic, chosen, dict(replayable.left), tally.delivered, len(tally.undelivered)
        )


@contextmanager
def _said_as_away() -> Iterator[None]:
    from aiokafka.errors import KafkaError

    try:
        yield
    except (CommandFailed, KafkaError, OSError) as error:
        raise BrokerAway(str(error).splitlines()[0]) from None
