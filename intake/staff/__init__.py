"""The staff side: signing in, the queue, one case."""

from typing import cast

from flask import Flask

from intake.sealing.unseal import check_pair
from intake.staff import access, audit_page, audit_reviews_page, case_page, own_account, queue_page, sign_in
from intake.staff.blueprint import blueprint
from intake.web import Parts

PAGES = (sign_in, queue_page, case_page, own_account, audit_page, audit_reviews_page)
"""Importing a module of pages registers them; naming them here says that this is what they are imported for."""


def install(app: Flask) -> None:
    """Give `app` the staff side; refuse to start if a page of it does not say who it is for.

    Where one process both seals and opens, it also refuses keys that do not fit: people would write to nobody. A staff
    process alone starts all the same, and tells what it cannot read.
    """
    settings = cast("Parts", app.extensions["intake"]).settings
    if settings.serve == "all" and settings.private_key is not None:
        check_pair(settings.public_key, settings.private_key)
    app.register_blueprint(blueprint)
    access.check_declared(app)
