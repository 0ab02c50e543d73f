"""The public side: doors, pages of questions, the review, the receipt. It holds no key that opens what it sends."""

from flask import Flask

from intake.markup import paragraphs
from intake.public import front, questions, receipts, sending


def install(app: Flask) -> None:
    """Give `app` the public pages."""
    app.add_template_filter(paragraphs)
    for part in (front, questions, receipts, sending):
        app.register_blueprint(part.blueprint)
