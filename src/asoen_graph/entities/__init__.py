"""Entities and documents as readers meet them: every statement with the facts that say so, every fact with its source.

All of it is read by quad patterns; nothing here runs SPARQL.
"""

from asoen_graph.entities.card import entity_card, entity_facts
from asoen_graph.entities.derivation import facts_behind
from asoen_graph.entities.documents import source_card
from asoen_graph.entities.listing import list_entities, list_sources, resolve

__all__ = ["entity_card", "entity_facts", "facts_behind", "list_entities", "list_sources", "resolve", "source_card"]
