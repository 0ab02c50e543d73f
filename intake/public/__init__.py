"""The public side: doors, pages of questions, the review, the receipt. It holds no key that opens what it sends."""

from flask import Flask
from werkzeug.routing import BaseConverter

from intake.markup import by_name, paragraphs
from intake.public import front, letters, links, paper, questions, receipts, sending
from intake.public.naming import option


class LanguageTag(BaseConverter):
    """A language tag in an address, such as `sv-x-lattlast`; anything else, such as `/staff/…`, is another page."""

    regex = "[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"


def install(app: Flask) -> None:
    """Give `app` the public pages."""
    prepare(app)
    for part in (front, links, paper, questions, receipts, letters, sending):
        app.register_blueprint(part.blueprint)


def prepare(app: Flask) -> None:
    """Teach `app` what every page of this side needs."""
    app.url_map.converters["tag"] = LanguageTag
    for change in (paragraphs, by_name, option):
        app.add_template_filter(change)
