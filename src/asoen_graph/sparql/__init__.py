"""SPARQL as text: its tokens, what is refused, what is wrong with it, and what its author perhaps meant."""
