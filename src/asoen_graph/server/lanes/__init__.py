"""Lanes: processes that read cheap requests from the connections themselves, and answer them where they stand.

On the way of every other request stand two processes, the one that speaks HTTP and a worker that may be killed. That
costs more than most queries do. A *lane* is forked like a worker, and does both for requests of which it is known that
they take next to no time; it gives every other one to the web process, which answers it as ever.

* The web process accepts connections, and *lends* them to the lanes once they have asked for something (``lender``).
  It keeps a descriptor of each, so no connection is lost with a lane.
* A lane answers one request after the other (``lane``): what is read and how the answer looks is in ``desk``, which
  requests are cheap it learns from what workers tell (``prices``).
* What a lane is at stands in memory that the web process sees too (``blackbox``). Where a lane takes too long over a
  request it is killed; where it dies, of this or anything else, its request is answered by a worker.
* What they say to each other is in ``words``.
"""
