"""Columns of a verdict on a facet, and of its links to other threads."""

from __future__ import annotations

from typing import Final

(SERIAL, THREAD, RELATION, SURENESS, NEAREST, WHO, IN_STORY, FIGURE_JOINED, LINKS) = range(9)
LINKS_MAX: Final = 4
LINK_COLUMNS: Final = 6
(LINK_KIND, LINK_THREAD, LINK_FACET, LINK_REASONS, LINK_OWN, LINK_OTHER) = range(LINK_COLUMNS)
VERDICT_COLUMNS: Final = LINKS + 1 + LINKS_MAX * LINK_COLUMNS
"""Columns of a verdict. SERIAL: of the facet, -1 where it is not kept. THREAD: serial number of the thread's opener, -1
where the facet is compared with none. NEAREST: the facet it is most alike. FIGURE_JOINED: row of the figure that is the
same as one of that. Then links to other threads."""

OPENS: Final = 0
REPEATS: Final = 1
VARIANT: Final = 2
"""Relations of a facet to its thread."""
RELATED: Final = 4
"""Kind of a link beside DISPUTED and DENIED: another thread that says the same."""
