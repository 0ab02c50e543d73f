"""The form without its doors, for a process that serves staff alone: they fill it in for somebody, and nobody else can.

A draft can only begin on the staff side there. Its pages, its Send and its receipt are the very ones people use.
"""

from flask import Blueprint, Flask, redirect
from werkzeug.wrappers import Response

from intake.public import front, letters, paper, prepare, questions, receipts, sending
from intake.public.sending import ASSIST

blueprint = Blueprint("front", __name__)


@blueprint.get("/<tag:language>/")
def start(language: str) -> Response:  # noqa: ARG001  # the address says it; staff choose theirs elsewhere
    """Where the form's pages lead that have no draft: to where staff begin one."""
    return redirect(ASSIST, 303)


for standing in (front.crisis, front.privacy, front.accessibility):
    page = "help" if standing is front.crisis else standing.__name__
    blueprint.add_url_rule(f"/<tag:language>/{page}", view_func=standing)


def install(app: Flask) -> None:
    """Give `app` the pages of a draft, and none to begin one."""
    prepare(app)
    app.register_blueprint(blueprint)
    for part in (paper, questions, receipts, letters, sending):
        app.register_blueprint(part.blueprint)
