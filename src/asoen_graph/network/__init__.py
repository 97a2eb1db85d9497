"""Networks of relations: from a query to a picture to print and a file to reopen, with the sources of every link.

``asking`` makes a ``Network`` of a query, ``formats`` knows every form it can be written in, ``picture`` draws, and
``measures`` says who is central and what belongs together.
"""
