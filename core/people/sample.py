"""The people of the fictional sample branch: whether they are there, and taking them away (docs/decisions/0020-sample-people.md)."""

from __future__ import annotations

from core.errors import BadInput
from core.i18n import Message
from core.people import repository
from core.people.courses import repository as courses
from core.storage import Session


def there(db: Session) -> bool:
    """Whether people, units or posts of the sample branch are there. Then every figure on people is the sample's."""
    return repository.any_people(db, sample=True)


def own(db: Session) -> bool:
    """Whether the branch has people, units or posts of its own."""
    return repository.any_people(db, sample=False)


def refuse(db: Session) -> None:
    """Raises `BadInput` while the sample's people are there: nobody's own are mixed with them."""
    if there(db):
        raise BadInput(Message("系统里还是示例分行的人员。请先移除示例人员，再导入自己的数据，两者不会混在一起。"))


def no_courses(db: Session) -> bool:
    """Whether the catalogue of courses is empty."""
    return not courses.courses(db)


def competencies(db: Session) -> dict[str, int]:
    """The row of each competency that came with the product and that the branch has, by its code."""
    return {row.code: row.id for row in repository.competencies(db) if row.code is not None and row.id is not None}


def remove(db: Session) -> int:
    """Take away all that came with the sample's people. Returns how many people that were.

    What something of the branch's own hangs on stays, and is the branch's own from now on.
    """
    gone = repository.remove_sample_people(db)
    repository.remove_sample_courses(db)
    repository.remove_sample_posts(db)
    repository.remove_sample_units(db)
    repository.remove_sample_competencies(db)
    return gone
