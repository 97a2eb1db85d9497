"""``python -m asoen_graph`` is ``asoen``."""

import sys

from asoen_graph.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
