"""The named world of people: Lin leads HR, Zhao manages a unit, Qian is an executive, Wei keeps the machine."""

from __future__ import annotations

from dataclasses import dataclass

from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Actor
from core.access.service import Admission, Person, Present
from core.storage import Database

PASSWORD = "mountain river bridge"


@dataclass(frozen=True)
class World:
    """A database with four people who all have the same password."""

    database: Database
    lin: Person
    zhao: Person
    qian: Person
    wei: Person

    def actor(self, person: Person) -> Actor:
        """That person as somebody who acts."""
        return Actor(person.id, person.name, person.roles)

    def sign_in(self, person: Person, password: str = PASSWORD, browser: str = "Firefox") -> Admission:
        """Sign that person in."""
        return access.sign_in(self.database, person.login, password, browser, "10.0.0.7", 30)

    def present(self, admission: Admission) -> Present | None:
        """Who that sign-in stands for now."""
        with self.database.reading() as db:
            return access.present(db, admission.account_id, admission.sign_in_id)

    def actions(self) -> list[str]:
        """What the log says happened, newest first."""
        with self.database.reading() as db:
            return [entry.action for entry in access.entries(db, LOCAL_ADMINISTRATOR).entries]

    def again(self, person: Person) -> Person:
        """That person as the database knows them now."""
        with self.database.reading() as db:
            return next(row for row in access.people(db, LOCAL_ADMINISTRATOR) if row.id == person.id)
