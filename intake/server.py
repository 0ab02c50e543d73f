"""The application under gunicorn: threads behind a buffering proxy, no access log, nothing printed about anybody."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http import wsgi

from intake import create_app
from intake.config import Settings

THREADS = 4
GRACE_SECONDS = 20


class NamelessResponse(wsgi.Response):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's response, without the header that says what we run on; gunicorn has no setting for it."""

    def default_headers(self) -> list[str]:
        """The headers every response begins with."""
        return [header for header in super().default_headers() if not header.startswith("Server:")]


wsgi.Response = NamelessResponse


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn, configured here and not by files or arguments."""

    def __init__(self, app: Flask, bind: str, workers: int) -> None:
        self._app = app
        self._options: dict[str, Any] = {
            "bind": bind,
            "workers": workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "graceful_timeout": GRACE_SECONDS,
            "accesslog": None,
            # gunicorn tells the address of whoever sends it a broken request; that is nobody's business.
            "loglevel": "error",
            # INTAKE_PROXIES alone says what is believed; gunicorn would let anybody on this machine, and whatever a
            # proxy here passes on, say where the application lies and whether it is served over HTTPS.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "secure_scheme_headers": {},
            # gunicorn would otherwise open a socket in the home folder that commands this process.
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Take the options given; gunicorn calls this."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application; gunicorn calls this in each worker."""
        return self._app


def serve(settings: Settings, bind: str, workers: int) -> None:
    """Serve until told to stop. Definitions are read before the first worker starts, so a wrong one stops it here."""
    app = create_app(settings)
    app.extensions["intake"].database.close()
    Server(app, bind, workers).run()
