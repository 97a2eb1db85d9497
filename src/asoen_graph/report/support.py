"""How well facts are supported: by how many sources, at which place, at which address."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from asoen_graph.evidence import LANGUAGES
from asoen_graph.iris import ENTITY, SOURCE, XSD
from asoen_graph.ledger import ACCEPTED, Fact, Ledger
from asoen_graph.report.model import Addresses, Evidence, SourceUse, Spread
from asoen_graph.report.numbers import share, spread
from asoen_graph.vocabulary import Vocabulary

_WHOLE = ("", "whole-document")
_ADDRESS = XSD + "anyURI"


def evidence(ledger: Ledger) -> Evidence:
    """How well the accepted statements are supported."""
    facts = list(ledger.facts.values())
    stating: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts:
        if fact.status == ACCEPTED:
            stating.setdefault(fact.statement(), []).append(fact)
    supported = [together for together in stating.values() if _independent(together) > 1]
    accepted = sum(map(len, stating.values()))
    supported_facts = sum(map(len, supported))
    whole = sum(fact.locator in _WHOLE for fact in facts)
    alone = len(stating) - len(supported)
    return Evidence(
        statements=len(stating),
        with_two_sources=len(supported),
        share_with_two_sources=share(len(supported), len(stating)),
        with_one_source=alone,
        share_with_one_source=share(alone, len(stating)),
        facts=accepted,
        facts_with_two_sources=supported_facts,
        share_of_facts_with_two_sources=share(supported_facts, accepted),
        jointly_attributed=sum(len(fact.sources) > 1 for fact in facts),
        whole_document=whole,
        share_whole_document=share(whole, len(facts)),
        without_source=tuple(fact.iri for fact in facts if not fact.sources),
    )


def _independent(facts: list[Fact]) -> int:
    """How many documents state the same thing for certain.

    A fact that cites a set of documents says that one of them states it, not which; so it adds none.
    """
    return max(1, len({fact.sources for fact in facts if len(fact.sources) == 1}))


def sources_by_use(ledger: Ledger) -> tuple[SourceUse, ...]:
    """Every document, the most cited first."""
    cited = _citing(ledger)
    found = [
        SourceUse(
            slug,
            {language: each.title(language) for language in LANGUAGES},
            each.published,
            each.retrieved,
            cited[slug],
        )
        for slug, each in ledger.documents.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.facts, each.source)))


def facts_per_source(ledger: Ledger) -> Spread:
    """How many facts cite a document."""
    cited = _citing(ledger)
    return spread({slug: cited[slug] for slug in ledger.documents})


def facts_per_entity(ledger: Ledger, vocabulary: Vocabulary) -> Spread:
    """How many facts of any status are about an entity; see ``facts_about``."""
    about = facts_about(ledger, vocabulary)
    entities = (slug for slug, each in ledger.entities.items() if not vocabulary.classes[each.class_key].is_relation)
    return spread({slug: about[slug] for slug in entities})


def facts_about(ledger: Ledger, vocabulary: Vocabulary) -> Counter[str]:
    """Facts of any status by entity or relation node; those about a node count for the entities it joins as well."""
    entities = {slug for slug, each in ledger.entities.items() if not vocabulary.classes[each.class_key].is_relation}
    ends: dict[str, set[str]] = {}
    for fact in ledger.facts.values():
        if fact.subject not in entities and isinstance(fact.value, NamedNode):
            ends.setdefault(fact.subject, set()).update(entities & {fact.value.value.removeprefix(ENTITY)})
    about: Counter[str] = Counter()
    for fact in ledger.facts.values():
        about.update([fact.subject, *ends.get(fact.subject, ())])
    return about


def wrong_addresses(store: Store) -> Addresses:
    """Every literal that is said to be an address, and those that cannot be one."""
    found = {
        (str(quad.subject).strip("<>").removeprefix(ENTITY).removeprefix(SOURCE), quad.object.value)
        for quad in store.quads_for_pattern(None, None, None, DefaultGraph())
        if isinstance(quad.object, Literal) and quad.object.datatype.value == _ADDRESS
    }
    return Addresses(len(found), tuple(sorted(pair for pair in found if not is_address(pair[1]))))


def is_address(text: str) -> bool:
    """Whether the text is the address of a page: http or https, a host with a dot, no white space."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    is_plain = text.isprintable() and not any(letter.isspace() or letter in '<>"' for letter in text)
    return is_plain and parts.scheme in ("http", "https") and "." in host.strip(".")


def _citing(ledger: Ledger) -> Counter[str]:
    return Counter(source for fact in ledger.facts.values() for source in fact.sources)
