"""Talking to a web server: with patience that ends, over checked TLS, past any proxy of the environment."""

import ssl
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

PATIENCE = 10
"""Seconds for each step of the conversation."""


def connection(url: str) -> HTTPConnection:
    """A connection to the server of `url`, opened when first used; the caller closes it."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return HTTPSConnection(parts.netloc, timeout=PATIENCE, context=ssl.create_default_context())
    return HTTPConnection(parts.netloc, timeout=PATIENCE)
