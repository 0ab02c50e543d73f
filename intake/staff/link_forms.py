"""What the pages of links are sent, and the link that was asked for."""

from collections.abc import Collection, Mapping

from flask_babel import gettext as _
from wtforms import StringField

from intake.links import prefilled
from intake.questionnaires.model import Door
from intake.questionnaires.referrers import Referrer
from intake.records.link_models import POSTER, REFERRER
from intake.records.queries.links import NewLink
from intake.staff.account import Account
from intake.staff.forms import StaffForm

LONGEST_PLACE = 60


class LinkForm(StaffForm):
    """A link to make: for a poster at a place, or for a referrer."""

    kind = StringField()
    unit = StringField()
    door = StringField()
    language = StringField()
    place = StringField(filters=[lambda text: " ".join((text or "").split())])
    referrer = StringField()

    def faults(self, offered: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
        """What is wrong: the id of a field and what to say. `offered` are the codes each field can have."""
        kind, place = self.kind.data, self.place.data
        if kind not in (POSTER, REFERRER):
            return [("poster-place", str(_("links.choose")))]
        chosen = ["language" if kind == POSTER else "referrer", "door", "unit"]
        found = [(f"{kind}-{name}", str(_("links.choose"))) for name in chosen if self[name].data not in offered[name]]
        if kind == POSTER and not (0 < len(place) <= LONGEST_PLACE and place.isprintable()):
            found.insert(0, ("poster-place", str(_("links.place_missing", most=LONGEST_PLACE))))
        return found

    def link(self, by: Account, door: Door, referrers: Mapping[str, Referrer]) -> NewLink:
        """The link that was asked for, once nothing is wrong with it."""
        poster = self.kind.data == POSTER
        referrer = None if poster else referrers[self.referrer.data]
        return NewLink(
            unit=self.unit.data,
            kind=self.kind.data,
            door=door.id,
            language=self.language.data if poster else "",
            referrer=referrer.id if referrer else "",
            place=referrer.name if referrer else self.place.data,
            answers=prefilled(referrer.answers, door) if referrer else {},
            created_by=by.id,
        )


class WithdrawForm(StaffForm):
    """That somebody means it."""

    sure = StringField()
