"""What managers say of transcripts: kept as said."""

from __future__ import annotations

from accounts.models import User
from archive.models import Review, Transcript


def add_review(
    transcript: Transcript, *, comment: str, score: int | None, acting_user: User
) -> Review:
    """Store a comment, a score from 1 to 5, or both. Raises ValueError for neither."""
    comment = comment.strip()
    if not comment and score is None:
        raise ValueError("a review says something")
    return Review.objects.create(
        transcript=transcript, author=acting_user, comment=comment, score=score
    )
