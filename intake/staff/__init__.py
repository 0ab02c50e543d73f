"""The staff side: signing in, the queue, one case."""

from flask import Flask

from intake.staff import access, case_page, own_account, queue_page, sign_in
from intake.staff.blueprint import blueprint

PAGES = (sign_in, queue_page, case_page, own_account)
"""Importing a module of pages registers them; naming them here says that this is what they are imported for."""


def install(app: Flask) -> None:
    """Give `app` the staff side; refuse to start if a page of it does not say who it is for."""
    app.register_blueprint(blueprint)
    access.check_declared(app)
