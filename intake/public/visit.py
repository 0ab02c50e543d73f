"""Where a person is in a door: which page they may see, and which comes next. Recomputed from the draft each time."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import g, url_for

from intake import drafts
from intake.drafts import Draft
from intake.questionnaires.journey import Journey, walk
from intake.questionnaires.model import Door, Page
from intake.questionnaires.tongues import Spoken, speak
from intake.web import parts


@dataclass(frozen=True)
class Visit:
    """A draft, the door it belongs to, how that is spoken in the language it is shown in, and the walk answers make."""

    draft: Draft
    door: Door
    spoken: Spoken
    journey: Journey

    @property
    def language(self) -> str:
        """The language of the pages around the questions."""
        return self.spoken.language

    def page_at(self, step: int) -> Page | None:
        """The page at a step; where several pages gave way to a notice, that."""
        if not 1 <= step <= len(self.door.pages):
            return None
        return next(page for page in reversed(self.spoken.pages) if page.step <= step)

    def reachable(self, page: Page) -> Page | None:
        """The page itself when it is shown and nothing before it is missing, else where to go; None is the review."""
        wanted = next((shown for shown in self.journey.pages if shown.step >= page.step), None)
        missing = self.journey.next_page
        if missing is not None and (wanted is None or missing.step < wanted.step):
            return missing
        return wanted

    def after(self, page: Page) -> Page | None:
        """Where Continue leads from a page that was just left behind; None is the review.

        Somebody who has been through the whole form came back to change an answer: they see only pages that became
        missing by it. Everybody else goes one page on.
        """
        missing = self.journey.next_page
        if missing is None or self._went_through:
            return missing
        following = next((shown for shown in self.journey.pages if shown.step > page.step), missing)
        return min(following, missing, key=lambda shown: shown.step)

    def address(self, endpoint: str, step: int | None = None) -> str:
        """The address of a page of this draft, in its language."""
        return url_for(endpoint, draft=self.draft.id, language=self.language, step=step)

    @property
    def may_send(self) -> bool:
        """Tell whether the answers end in something to send: a self-test can end with its result."""
        return self.door.send_if is None or self.door.send_if.holds(self.journey.facts)

    @property
    def _went_through(self) -> bool:
        return self.journey.pages[-1].name in self.draft.done


def arrive(draft_id: str, language: str, written: Collection[str] = ()) -> Visit | None:
    """The visit of the draft in this address; None when the browser brings none."""
    draft = drafts.load(draft_id)
    return None if draft is None or draft.door not in parts().library.doors else visit(draft, language, written)


def visit(draft: Draft, language: str, written: Collection[str] = ()) -> Visit:
    """Walk the draft's door with its answers. From here on every page says so where staff fill it in.

    `written` are the facts on a page that was just posted: what somebody answered in another language stays on it.
    """
    g.assisted = draft.assisted.channel if draft.assisted else ""
    door = parts().library.doors[draft.door]
    spoken = speak(door, language, {*draft.answers, *written})
    return Visit(draft, door, spoken, walk(spoken.pages, draft.answers, draft.done, {"start": draft.start}))
