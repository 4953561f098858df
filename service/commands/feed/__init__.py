"""The command `copydesk feed`."""

from service.commands.feed.command import feed as feed
