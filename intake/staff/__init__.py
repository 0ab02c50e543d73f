"""The staff side: signing in, the queue, one case."""

from typing import cast

from flask import Flask

from intake.sealing.unseal import check_pair
from intake.staff import (
    access,
    alarms_page,
    assist_page,
    audit_page,
    audit_reviews_page,
    case_page,
    cooperation_page,
    languages_page,
    letters_page,
    links_page,
    matches_page,
    overrides_page,
    own_account,
    queue_page,
    sign_in,
    third_party_page,
    views_page,
)
from intake.staff.blueprint import blueprint
from intake.web import Parts

PAGES = (
    sign_in,
    queue_page,
    case_page,
    cooperation_page,
    letters_page,
    third_party_page,
    matches_page,
    views_page,
    alarms_page,
    overrides_page,
    languages_page,
    own_account,
    links_page,
    assist_page,
    audit_page,
    audit_reviews_page,
)
"""Importing a module of pages registers them; naming them here says that this is what they are imported for."""


def install(app: Flask) -> None:
    """Give `app` the staff side; refuse to start if a page of it does not say who it is for.

    Where one process both seals and opens, it also refuses keys that do not fit: people would write to nobody. A staff
    process alone starts all the same, and tells what it cannot read.
    """
    parts = cast("Parts", app.extensions["intake"])
    settings = parts.settings
    if settings.serve == "all" and settings.private_key is not None:
        check_pair(settings.public_key, settings.private_key)
    app.register_blueprint(blueprint)
    access.check_declared(app)
