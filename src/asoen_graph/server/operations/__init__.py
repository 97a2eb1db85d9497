"""What a worker can be asked to do: one function for each operation, by name.

An operation takes the library, its arguments (JSON values the web process has checked for their types only) and the
limits, and returns a whole reply. Errors it foresees are AsoenErrors and become problem documents here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from asoen_graph.errors import AsoenError, LimitReached
from asoen_graph.messages import tell
from asoen_graph.server import problems
from asoen_graph.server.compression import coded
from asoen_graph.server.messages import Reply, Task
from asoen_graph.server.operations import sparql
from asoen_graph.server.policies import with_policy
from asoen_graph.server.settings import Limits

if TYPE_CHECKING:
    from asoen_graph.server.library import Library

Operation: TypeAlias = "Callable[[Library, Mapping[str, Any], Limits], Reply]"

Content = TypeVar("Content")
"""A library, or what takes its place."""


class Later:
    """An operation whose module is imported when it is first asked for: most workers of most servers do few things."""

    def __init__(self, module: str, function: str) -> None:
        self._module = module
        self._function = function

    def __call__(self, library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
        """Carry it out."""
        return self.function(library, arguments, limits)

    @cached_property
    def function(self) -> Operation:
        """What carries it out."""
        module = importlib.import_module(f"{__name__}.{self._module}")
        found: Operation = getattr(module, self._function)
        return found


OPERATIONS: dict[str, Operation] = {
    "sparql": sparql.answer,
    "graph-store": Later("graph_store", "answer"),
    "catalogue-query": Later("catalogue", "answer"),
    "catalogue-text": Later("editing", "text"),
    "glossary": Later("editing", "names"),
    "check": Later("editing", "check"),
    "network": Later("networks", "answer"),
    "network-of-query": Later("networks", "of_query"),
    "network-measures": Later("networks", "measures"),
    "network-list": Later("network_pages", "list_page"),
    "network-page": Later("network_pages", "page"),
    "network-occasions": Later("network_pages", "document"),
    "network-thumbnail": Later("network_pages", "thumbnail"),
    "locate": Later("resources", "locate"),
    "resource": Later("resources", "represent"),
    "ontology": Later("resources", "ontology"),
    "entities-page": Later("browse", "entities"),
    "sources-page": Later("browse", "sources"),
    "queries-page": Later("query_pages", "catalogue"),
    "start": Later("start", "start_page"),
    "found": Later("finding", "found"),
    "nearby": Later("nearby", "nearby"),
    "query-page": Later("descriptions", "query_page"),
    "void": Later("descriptions", "void"),
    "report": Later("descriptions", "report"),
    "entities": Later("lists", "entities"),
    "entity": Later("lists", "entity"),
    "entity-facts": Later("lists", "facts_of_entity"),
    "sources": Later("lists", "sources"),
    "source": Later("lists", "source"),
    "search": Later("lists", "search"),
    "suggest": Later("lists", "suggest"),
    "places": Later("places", "places"),
    "overview": Later("overviews", "page"),
    "overview-file": Later("overviews", "file"),
    "context": Later("linked_context", "context"),
    "openapi": Later("api", "of_releases"),
    "releases": Later("history", "releases"),
    "changes": Later("history", "changes"),
    "names": Later("history", "names"),
}


def imports() -> Iterator[Callable[[], object]]:
    """What imports the operations, one after the other."""
    for operation in OPERATIONS.values():
        if isinstance(operation, Later) and operation is not OPERATIONS["openapi"]:
            yield lambda operation=operation: operation.function  # type: ignore[misc]


def answerer(
    library: Content,
    limits: Limits,
    operations: Mapping[str, Callable[[Content, Mapping[str, Any], Limits], Reply]],
) -> Callable[[Task], Reply]:
    """The function a worker answers its tasks with."""

    def answer(task: Task) -> Reply:
        try:
            reply = with_policy(operations[task.operation](library, task.arguments, limits))
            if len(reply.body) > limits.size:
                return problems.reply(_too_long(limits))
            return coded(reply, task.coding, must=task.must_code)
        except AsoenError as error:
            return problems.reply(error)
        except MemoryError:
            return problems.reply(LimitReached("memory", tell("limit.answer-memory"), tell("limit.less")))

    return answer


def _too_long(limits: Limits) -> LimitReached:
    return LimitReached("bytes", tell("limit.bytes", size=limits.size), tell("limit.part"))
