"""The whole site as a folder of static files: every page of the server, the data, and what the browser answers from.

``publish.publish`` writes it: ``crawl`` follows the links of the pages from the start page on, ``addresses`` says which
file each address becomes, ``markup`` makes links relative, ``inside`` answers as the server does without being one,
``data`` writes what scripts and people download, ``folder`` puts it in place all at once.
"""
