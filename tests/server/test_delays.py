from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from asoen_graph.server.delays import Delay

SECONDS = 0.02


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=8))
def test_each_is_called_back_once_in_order_unless_discarded(steps: list[tuple[int, bool]]) -> None:
    found: list[tuple[int, float]] = []

    async def test() -> list[float]:
        loop = asyncio.get_running_loop()
        delay: Delay[int] = Delay(SECONDS, lambda item: found.append((item, loop.time())))
        added = []
        for number, (pause, is_discarded) in enumerate(steps):
            await asyncio.sleep(pause * SECONDS / 2)
            added.append(loop.time())
            delay.add(number)
            if is_discarded:
                delay.discard(number)
                delay.discard(number)
        await asyncio.sleep(4 * SECONDS)
        assert len(delay) == 0
        return added

    added = asyncio.run(test())
    assert [item for item, _ in found] == [number for number, (_, discarded) in enumerate(steps) if not discarded]
    assert all(time >= added[item] + SECONDS - 0.002 for item, time in found)


def test_it_may_be_added_to_while_it_calls_back() -> None:
    found: list[int] = []

    async def test() -> None:
        def then(item: int) -> None:
            found.append(item)
            if item < 3:
                delay.add(item + 1)

        delay: Delay[int] = Delay(0.005, then)
        delay.add(1)
        await asyncio.sleep(0.1)

    asyncio.run(test())
    assert found == [1, 2, 3]
