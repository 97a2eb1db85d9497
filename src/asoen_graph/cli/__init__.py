"""The command line ``asoen``: one module per group of commands, imported only when asked for."""
