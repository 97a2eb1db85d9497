"""Strategies: texts that are hard to quote, and curated files as a hurried curator might leave them."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

CITATION_KEYS = ["title", "publisher", "url", "language", "facts"]
RESERVED_KEYS = ["about", "at", "when", "status", "note", "value", "slug", "label", "also", "en", "vi"]
PROPERTY_KEYS = ["ordinal", "starts", "meeting-status", "agenda-item", "has-participation", "participant", "headed-by"]
ODD_KEYS = ["area", "point", "part-of", "has-part", "unheard-of"]
KEYS = [*CITATION_KEYS, *RESERVED_KEYS, *PROPERTY_KEYS, *ODD_KEYS]
SLUGS = ["council-7", "lo-da", "coral-council", "jane-doe", "council-seven", "nobody"]
VALUES = [*SLUGS, "7", "2031-05", "2031/..", "../..", "headline", "accepted", "disputed", "held", "POINT(1 2)", "en"]

hard_texts = st.text(
    st.sampled_from(" \t\n\r:#-?,[]{}&*!|>'\"%@`~=.<a1é\u00a0\u2028\x85\ufeff\\/")
    | st.characters(exclude_categories=["Cs"]),
    max_size=12,
)
texts = hard_texts | st.sampled_from([*VALUES, "paragraph 3", "A: b", "x # y", "long " * 40])
trees = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)
mappings = st.dictionaries(st.sampled_from(KEYS), trees, min_size=1, max_size=6)
documents = mappings | st.builds(lambda head, facts: {**head, "facts": facts}, mappings, st.lists(mappings, max_size=5))
styles = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, True, False]),
        "indent": st.integers(2, 5),
        "width": st.sampled_from([30, 80, 10_000]),
    }
)


class _Dumper(yaml.SafeDumper):
    """Writes out what stands twice, instead of anchors and aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(document: object, style: dict[str, Any]) -> str:
    """The document as YAML in some style."""
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, **style)
