"""What a page may load (Content Security Policy, level 3): its own site's files, and nothing from anywhere else."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from asoen_graph.server.messages import Reply

HEADER: Final = "Content-Security-Policy"
_RULES: Final = (
    "default-src 'none'; script-src 'self'; style-src {style}; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
POLICY: Final = _RULES.format(style="'self'")
"""The policy of every answer that brings none of its own."""

# Texts on our pages cannot look like one: their brackets are escaped.
_STYLE: Final = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def with_policy(reply: Reply) -> Reply:
    """The reply with a policy of its own where it is a page that carries its style with it, to stand alone when saved.

    The policy names the digest of that style, so that no other is applied.
    """
    if not reply.headers.get("Content-Type", "").startswith("text/html") or HEADER in reply.headers:
        return reply
    styles = _STYLE.findall(reply.body)
    if styles:
        reply.headers[HEADER] = _RULES.format(style=" ".join(("'self'", *map(_digest, styles))))
    return reply


def _digest(style: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style).digest()).decode()}'"
