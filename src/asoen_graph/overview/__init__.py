"""What is where and what was when: things of the graph on a map and along time, as pictures, tables and files."""
