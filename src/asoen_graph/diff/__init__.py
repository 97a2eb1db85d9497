"""What changed between two releases: for people (``compare``, ``plain``) and for machines (``patch``)."""

from __future__ import annotations

from asoen_graph.diff.compare import Changes, Comparison, EntityChanges, compare
from asoen_graph.diff.comparisons import Comparisons
from asoen_graph.diff.patch import rdf_patch
from asoen_graph.diff.plain import write_changes

__all__ = ["Changes", "Comparison", "Comparisons", "EntityChanges", "compare", "rdf_patch", "write_changes"]
