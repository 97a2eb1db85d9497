"""What the server itself asks of its workers: work on releases that takes too long for the web process."""

from __future__ import annotations

import json
from typing import Any

from asoen_graph.errors import ReleaseError
from asoen_graph.server.front import Front
from asoen_graph.server.messages import Task
from asoen_graph.server.problems import TYPES, kind_of, release_changed


async def errand(
    front: Front, operation: str, arguments: dict[str, Any], client: str, seconds: float | None = None
) -> bytes:
    """What an operation answers, within seconds where a request may take no more.

    Raises what the pool raises, and ReleaseError where the operation fails.
    """
    limit = front.settings.limits.seconds if seconds is None else seconds
    reply = await front.pool.run(Task(operation, arguments, limit), client)
    if reply.status >= 400:
        problem = json.loads(reply.body)
        if problem["type"] == TYPES + kind_of(release_changed()).code:
            raise release_changed()
        raise ReleaseError(problem["detail"], problem.get("hint", ""))
    return reply.body
