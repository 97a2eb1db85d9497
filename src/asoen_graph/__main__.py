"""``python -m asoen_graph`` is ``asoen``."""

from asoen_graph.cli.main import leave

if __name__ == "__main__":
    leave()
