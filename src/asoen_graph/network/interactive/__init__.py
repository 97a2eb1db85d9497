"""The network as one HTML file: the picture, the same as tables, and a script that lets a reader move about in both."""
