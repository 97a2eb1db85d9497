from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.server.messages import Reply, ReplyReader, Task, pack_reply, pack_task, read_task

replies = st.builds(
    Reply,
    status=st.integers(100, 599),
    headers=st.dictionaries(st.text(), st.text(), max_size=3),
    body=st.binary(max_size=200),
    last=st.booleans(),
)


@given(st.lists(replies, max_size=5), st.lists(st.integers(1, 40), min_size=1, max_size=50))
def test_replies_survive_any_cutting_of_the_stream(sent: list[Reply], sizes: list[int]) -> None:
    stream = b"".join(map(pack_reply, sent))
    reader = ReplyReader()
    received: list[Reply] = []
    position = turn = 0
    while position < len(stream):
        size = sizes[turn % len(sizes)]
        received += reader.feed(stream[position : position + size])
        position += size
        turn += 1
    assert received == sent


@given(st.text(), st.dictionaries(st.text(), st.none() | st.text() | st.lists(st.text()), max_size=4))
def test_tasks_survive(operation: str, arguments: dict[str, object]) -> None:
    task = Task(operation, arguments, 1.5)
    assert read_task(io.BytesIO(pack_task(task)).read) == task


def test_a_stream_that_ends_is_no_task() -> None:
    frame = pack_task(Task("sparql", {"query": "ASK {}"}, 1.0))
    for length in range(len(frame)):
        assert read_task(io.BytesIO(frame[:length]).read) is None
