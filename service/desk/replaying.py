"""Send dead letters back: first a preview, then a form with a token that no other site knows."""

from __future__ import annotations

import hmac
from collections.abc import Callable

from aiohttp import web

from service.desk.outside import BrokerAway, Outside
from service.records import Reason

Html = Callable[..., web.Response]


class Replaying:
    """Answer the two requests of a replay."""

    def __init__(self, outside: Outside, token: str, html: Html) -> None:
        self._outside = outside
        self._token = token
        self._html = html

    def attach(self, app: web.Application) -> None:
        """Add the routes."""
        app.router.add_get("/replay", self.preview)
        app.router.add_post("/replay", self.replay)

    async def preview(self, request: web.Request) -> web.Response:
        """Show how many records would go back, and why others stay."""
        reason = request.query.get("reason", "")
        return await self._answer(reason, dry_run=True)

    async def replay(self, request: web.Request) -> web.Response:
        """Send them back, if the form came from this page."""
        form = await request.post()
        if not self._is_ours(request, str(form.get("token", ""))):
            why = "The form is not from this page, or from before it was started anew. Go back and reload."
            return self._html("trouble.html", status=403, why=why)
        return await self._answer(str(form.get("reason", "")), dry_run=False)

    def _is_ours(self, request: web.Request, token: str) -> bool:
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        return site == "same-origin" and hmac.compare_digest(token.encode(), self._token.encode())

    async def _answer(self, reason: str, *, dry_run: bool) -> web.Response:
        if reason not in list(Reason):
            return self._html("trouble.html", status=400, why="reason must be one that dead letters have")
        try:
            result = await self._outside.replay(reason, dry_run=dry_run)
        except BrokerAway as away:
            return self._html("trouble.html", status=503, why=f"The broker cannot be asked now: {away}")
        return self._html(
            "replay.html",
            reason=reason,
            token=self._token,
            preview=result,
            done=None if dry_run else result,
        )
