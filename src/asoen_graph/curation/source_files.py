"""Reading a file of ``data/sources``: the citation of a document and the facts it states."""

from __future__ import annotations

from asoen_graph.curation.documents import read_document
from asoen_graph.curation.facts import EntityValue, Value
from asoen_graph.curation.findings import Findings
from asoen_graph.curation.groups import GroupReader
from asoen_graph.curation.keys import find_property, is_unknown, misplaced_key, unknown_key
from asoen_graph.curation.nodes import Mapping, Sequence, kind_of
from asoen_graph.curation.reading import Reading, Reference
from asoen_graph.curation.sources import SourceDocument
from asoen_graph.curation.values import ValueReader
from asoen_graph.iris import TERM
from asoen_graph.vocabulary import Class, Vocabulary

SOURCE_CLASS = TERM + "Source"
FACTS = "facts"


def read_source_file(data: bytes, path: str, slug: str, vocabulary: Vocabulary) -> Reading:
    """Read one source document; ``path`` is for the problems, ``slug`` names the source."""
    findings = Findings(path)
    root = read_document(data, findings)
    if not isinstance(root, Mapping):
        if root is not None:
            findings.add(
                root, "wrong-shape", f"A source document is a mapping, not {kind_of(root)}", "Begin with 'title:'"
            )
        return Reading(readable=False, problems=tuple(findings.problems))
    class_ = vocabulary.class_of(SOURCE_CLASS)
    if class_ is None:
        raise AssertionError(f"The ontology has no class {SOURCE_CLASS}")
    statements, references = _read_citation(root, class_, vocabulary, findings)
    groups = GroupReader(vocabulary, slug, findings)
    facts = root.get(FACTS)
    if isinstance(facts, Sequence) and facts.items:
        groups.read(facts)
    elif facts is not None:
        findings.add(facts, "wrong-shape", "'facts' takes a list of groups", "Begin each group with '- about:'")
    return Reading(
        readable=True,
        problems=tuple(findings.problems),
        source=SourceDocument(slug, tuple(statements), findings.place(root)),
        facts=tuple(groups.facts),
        relations=tuple(groups.relations),
        references=(*references, *groups.references),
        unknown_keys=tuple(groups.unknown_keys),
        cited=tuple(groups.cited),
    )


def _read_citation(
    root: Mapping, class_: Class, vocabulary: Vocabulary, findings: Findings
) -> tuple[list[tuple[str, Value]], list[Reference]]:
    statements: list[tuple[str, Value]] = []
    references: list[Reference] = []
    values = ValueReader(vocabulary, findings)
    for key, node in root.entries:
        if key.text == FACTS:
            continue
        property_ = find_property(vocabulary, key, findings)
        if property_ is None:
            if is_unknown(vocabulary, key.text):
                findings.add_flaw(key, unknown_key(vocabulary, key.text, class_, (FACTS,)))
        elif not vocabulary.applies(property_, class_):
            findings.add_flaw(key, misplaced_key(vocabulary, property_, class_))
        else:
            found = list(values.values(property_, node))
            if property_.functional and len(found) > 1:
                message = f"{key.text!r} has one value only"
                findings.add(found[1][1], "second-value", message, "Keep the one the document gives")
            statements += [(property_.iri, value) for value, _ in found]
            references += [
                Reference(value.slug, property_.iri, findings.place(place))
                for value, place in found
                if isinstance(value, EntityValue)
            ]
    references += values.misnamed
    return statements, references
