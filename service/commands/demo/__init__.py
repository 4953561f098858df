"""The command `copydesk demo`."""

from service.commands.demo.command import demo as demo
