"""The addresses of the server, one module for each group. A route reads the request and asks a worker, no more."""
