"""What a worker can be asked to do: one function for each operation, by name.

An operation takes the library, its arguments (JSON values the web process has checked for their types only) and the
limits, and returns a whole reply. Errors it foresees are AsoenErrors and become problem documents here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from asoen_graph.errors import AsoenError, LimitReached
from asoen_graph.server import problems
from asoen_graph.server.compression import coded
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply, Task
from asoen_graph.server.operations import (
    api,
    catalogue,
    descriptions,
    graph_store,
    history,
    linked_context,
    lists,
    networks,
    places,
    resources,
    sparql,
)
from asoen_graph.server.settings import Limits

Operation: TypeAlias = Callable[[Library, Mapping[str, Any], Limits], Reply]

Content = TypeVar("Content")
"""A library, or what takes its place."""

OPERATIONS: dict[str, Operation] = {
    "sparql": sparql.answer,
    "graph-store": graph_store.answer,
    "catalogue-query": catalogue.answer,
    "network": networks.answer,
    "locate": resources.locate,
    "resource": resources.represent,
    "ontology": resources.ontology,
    "start": descriptions.start_page,
    "query-page": descriptions.query_page,
    "void": descriptions.void,
    "report": descriptions.report,
    "entities": lists.entities,
    "entity": lists.entity,
    "entity-facts": lists.facts_of_entity,
    "sources": lists.sources,
    "source": lists.source,
    "search": lists.search,
    "suggest": lists.suggest,
    "places": places.places,
    "context": linked_context.context,
    "openapi": api.of_releases,
    "releases": history.releases,
    "changes": history.changes,
    "names": history.names,
}


def answerer(
    library: Content,
    limits: Limits,
    operations: Mapping[str, Callable[[Content, Mapping[str, Any], Limits], Reply]],
) -> Callable[[Task], Reply]:
    """The function a worker answers its tasks with."""

    def answer(task: Task) -> Reply:
        try:
            reply = operations[task.operation](library, task.arguments, limits)
            if len(reply.body) > limits.size:
                return problems.reply(_too_long(limits))
            return coded(reply, task.coding, must=task.must_code)
        except AsoenError as error:
            return problems.reply(error)
        except MemoryError:
            return problems.reply(LimitReached("memory", "The answer needs more memory than allowed", "Ask for less"))

    return answer


def _too_long(limits: Limits) -> LimitReached:
    return LimitReached(
        "bytes", f"The answer is longer than {limits.size} bytes", "Ask for part of it with LIMIT and OFFSET"
    )
