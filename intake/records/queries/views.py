"""Views of the queue that somebody keeps for themselves."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from intake.errors import NotAllowedNow
from intake.records.box import Box, Encrypted
from intake.records.ids import new_id
from intake.records.view_models import SavedView

MOST_VIEWS = 20


def views_of(session: Session, box: Box, user_id: str) -> list[tuple[str, str, str]]:
    """Everything somebody kept, by name: id, name, and what it asks for."""
    kept = session.scalars(select(SavedView).where(SavedView.user_id == user_id))
    named = [(view.id, str(box.open(Encrypted.VIEW_NAME, view.id, view.name)), view.asked) for view in kept]
    return sorted(named, key=lambda view: view[1].casefold())


def keep_view(session: Session, box: Box, user_id: str, name: str, asked: str) -> None:
    """Keep a view; raise NotAllowedNow for more than twenty."""
    if (session.scalar(select(func.count()).where(SavedView.user_id == user_id)) or 0) >= MOST_VIEWS:
        raise NotAllowedNow("twenty views are enough")
    view_id = new_id()
    closed = box.close(Encrypted.VIEW_NAME, view_id, name)
    session.add(SavedView(id=view_id, user_id=user_id, name=closed, asked=asked))
    session.flush()


def forget_view(session: Session, user_id: str, view_id: str) -> None:
    """Forget one of somebody's own views."""
    session.execute(delete(SavedView).where(SavedView.id == view_id, SavedView.user_id == user_id))
