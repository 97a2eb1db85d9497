"""Making queries faster for an engine without statistics, before their text is handed over.

A plan is another text of the same query: its meaning, and so its answer, stays what SPARQL says it is. ``reading``
takes apart the queries that can be planned; what it does not know stays as it was written. ``order`` puts the rarest of
like patterns first, ``ranges`` and ``outermost`` begin with the values that a FILTER or an ORDER BY with a LIMIT can
let through, ``grouped`` counts groups from ``tallies``, ``steady`` keeps orders from ending the process, ``planner``
puts them together and remembers.
"""
