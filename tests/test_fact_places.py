"""The table of places says what the lines it is made of say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.fact_places import FactPlaces
from asoen_graph.iris import FACT

facts = st.one_of(
    st.integers(0, 2**64 - 1).map(lambda number: f"{FACT}{number:016x}"),
    st.sampled_from([FACT, FACT + "00AB000000000000", FACT + "1" * 15, FACT + "0x11111111111111", "http://e/a b", ""]),
)
places = st.one_of(
    st.builds("{}:{}".format, st.sampled_from(["data/sources/a.yaml", "b:c.yaml", ""]), st.integers(0, 2**25)),
    st.sampled_from(["data/a.yaml", "data/a.yaml:07", "data/a.yaml:x", "data/a.yaml:٣", ""]),
)


@given(st.dictionaries(facts, places, max_size=20), facts)
def test_it_is_the_dictionary_of_the_lines(known: dict[str, str], other: str) -> None:
    table = FactPlaces("".join(f"{fact}\t{place}\n" for fact, place in known.items()).encode())
    assert table.get(other) == known.get(other)
    assert table == known
    assert dict(table) == known
    assert len(table) == len(known)


def test_facts_come_in_the_order_of_their_names() -> None:
    names = [f"{FACT}{number:016x}" for number in (3, 1, 2)]
    assert list(FactPlaces("".join(f"{name}\ta:1\n" for name in names).encode())) == sorted(names)
