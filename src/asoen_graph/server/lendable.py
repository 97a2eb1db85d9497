"""What a connection needs to be lent to a lane, and to be taken back (see ``lanes``)."""

from __future__ import annotations

import socket
from typing import Any, ClassVar, Final, Protocol

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from asoen_graph.server.lanes.lender import Lender
from asoen_graph.server.lanes.link import Loan

_PATIENCE: Final = 3
"""How often in a row a connection is lent in vain before it is kept for a while."""
_LONGEST_KEPT: Final = 64


class Lenders(Protocol):
    """Tells who lends connections."""

    @property
    def lender(self) -> Lender | None:
        """Who lends them at present; ``None`` where they are all read here."""


class Lendable(HttpToolsProtocol):
    """A connection that is read by a lane while that answers its requests, and here otherwise."""

    lenders: ClassVar[Lenders | None]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.quiet_since = 0.0
        """When there was nothing left to answer."""
        self.begun: float | None = None
        """When the request that is arriving began to."""
        self.was_asked = False
        """Whether a request has been answered that there was no ``cycle`` for."""
        self._loan: Loan | None = None
        self._in_vain = 0
        """How often in a row it was lent, and the next request was not one for a lane."""
        self._kept_for = 0
        """How many more requests are read here before it is lent again."""

    def is_waiting(self) -> bool:
        """Whether there is nothing to answer."""
        raise NotImplementedError

    def forget_loan(self) -> None:
        """Take note that the connection is gone."""
        if self._loan is not None:
            self._loan.forget()

    @property
    def is_lent(self) -> bool:
        """Whether a lane reads it at present."""
        return self._loan is not None and self._loan.is_out

    def lend(self, spent: float | None) -> None:
        """Lend the connection, where nothing is going on on it; its last request took a worker so many seconds."""
        lender = self.lenders.lender if self.lenders is not None else None
        if lender is None or self.begun is not None or not self.is_waiting() or self.transport.is_closing():
            return
        if self._kept_for:
            self._kept_for -= 1
            return
        found = self.transport.get_extra_info("socket")
        if self.flow.write_paused or self.transport.get_write_buffer_size() or found is None:
            return
        if self.client is None or found.family not in (socket.AF_INET, socket.AF_INET6):
            return
        # Read no more first: what comes from now on is for the lane.
        self.transport.pause_reading()
        loan = lender.lend(self, self._loan, found.fileno(), self.client[0], spent)
        if loan is None:
            self.transport.resume_reading()
        else:
            self._loan = loan

    def take_back(self, received: bytes, answered: int, idle: float) -> None:
        """Go on with a connection that was lent; see ``lanes.link.Borrowed``."""
        if self.transport.is_closing():
            return
        self.quiet_since = self.loop.time() - idle
        self.was_asked = True
        self._in_vain = 0 if answered else self._in_vain + 1
        if self._in_vain > _PATIENCE:
            self._kept_for = min(_LONGEST_KEPT, 2 ** (self._in_vain - _PATIENCE))
        self.transport.resume_reading()
        if received:
            self.data_received(received)

    def send_rest(self, content: bytes) -> None:
        """Send what is left of an answer."""
        self.transport.write(content)

    def hang_up(self) -> None:
        """Close the connection: there is nothing more to say on it."""
        self.transport.abort()
