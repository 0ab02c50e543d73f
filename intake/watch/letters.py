"""The text of a notice: that something waits, where, and the address of the staff pages. Nothing about anybody."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from intake.i18n import SOURCE
from intake.records.queries.notices import Recipient, Taken
from intake.watch import Watch


def letter(watch: Watch, to: Recipient, lines: Iterable[Taken], at: datetime) -> EmailMessage:
    """One letter that says all of `lines`, in the reader's own language. Made of our own words and unit names alone."""
    told, sender = list(lines), watch.settings.monitoring.mail_from
    _ = watch.catalogs.translations[_language(watch, to)].gettext
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((_("mail.sender"), sender))
    message["To"] = to.email
    message["Subject"] = _("mail.subject")
    message["Date"] = format_datetime(at)
    # The same each time it is tried: a copy sent after a power cut can be known as one.
    message["Message-ID"] = f"<{told[0].id}@{sender.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence note comes back
    where = _("mail.where") + f"\n{watch.settings.base_url}/staff/"
    paragraphs = [*_lines(watch, to, told), where, _("mail.empty")]
    message.set_content("\n\n".join(paragraphs) + "\n", charset="utf-8", cte="quoted-printable")
    return message


def _lines(watch: Watch, to: Recipient, told: Iterable[Taken]) -> Iterator[str]:
    _ = watch.catalogs.translations[_language(watch, to)].gettext
    for each in told:
        unit = watch.directory.units.get(each.unit)
        words = {"urgent": _("mail.urgent"), "waiting": _("mail.waiting"), "technical": _("mail.technical")}[each.kind]
        yield words.replace("%(unit)s", unit.name if unit else each.unit)


def _language(watch: Watch, to: Recipient) -> str:
    return to.language if to.language in watch.catalogs.staff_languages else SOURCE
