"""The floor: what Flask itself costs for a page that asks nothing and shows nothing."""

from flask import Flask

PAGE = "<!doctype html><html lang=sv><title>0</title><main><h1>0</h1></main></html>"


def floor() -> Flask:
    """An application with one page, written out in advance."""
    app = Flask("floor")

    @app.get("/")
    def page() -> str:
        return PAGE

    return app
