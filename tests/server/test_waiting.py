from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.server.waiting import FairQueue, QueueFull


@dataclass(eq=False)
class Item:
    client: str
    number: int = 0


def anyone(_: str) -> bool:
    return True


def drain(queue: FairQueue[Item]) -> list[Item]:
    found = []
    while (item := queue.pop(anyone)) is not None:
        found.append(item)
    return found


def test_clients_take_turns() -> None:
    queue: FairQueue[Item] = FairQueue(100)
    for number in range(3):
        queue.push(Item("greedy", number))
    queue.push(Item("modest", 0))
    assert [(item.client, item.number) for item in drain(queue)] == [
        ("greedy", 0),
        ("modest", 0),
        ("greedy", 1),
        ("greedy", 2),
    ]


def test_a_client_that_may_not_run_keeps_its_place() -> None:
    queue: FairQueue[Item] = FairQueue(10)
    queue.push(Item("greedy"))
    queue.push(Item("modest"))
    first = queue.pop(lambda client: client != "greedy")
    assert first is not None
    assert first.client == "modest"
    assert queue.pop(lambda client: client != "greedy") is None
    assert [item.client for item in drain(queue)] == ["greedy"]


def test_what_ran_already_comes_first_and_always_fits() -> None:
    queue: FairQueue[Item] = FairQueue(1)
    queue.push(Item("one"))
    queue.push_first(Item("two"))
    assert [item.client for item in drain(queue)] == ["two", "one"]


def test_it_is_bounded() -> None:
    queue: FairQueue[Item] = FairQueue(2)
    queue.push(Item("one"))
    queue.push(Item("two"))
    with pytest.raises(QueueFull):
        queue.push(Item("three"))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=40))
def test_everything_comes_out_once_and_in_order_for_each_client(pushed: list[tuple[str, bool]]) -> None:
    queue: FairQueue[Item] = FairQueue(100)
    items = [Item(client, number) for number, (client, _) in enumerate(pushed)]
    for item in items:
        queue.push(item)
    removed = [item for item, (_, remove) in zip(items, pushed, strict=True) if remove]
    for item in removed:
        queue.remove(item)
        queue.remove(item)
    kept = [item for item in items if item not in removed]
    assert len(queue) == len(kept)
    found = drain(queue)
    assert sorted(item.number for item in found) == [item.number for item in kept]
    for client in "abc":
        assert [i.number for i in found if i.client == client] == [i.number for i in kept if i.client == client]
    assert len(queue) == 0
