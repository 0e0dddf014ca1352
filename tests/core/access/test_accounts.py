from __future__ import annotations

import pytest

from core.access import service as access
from core.access.actor import Role
from core.errors import BadInput, Conflict, NotAllowed
from tests.core.access.world import World


def test_only_who_manages_accounts_sees_or_changes_people(world: World) -> None:
    for stranger in (world.zhao, world.qian):
        actor = world.actor(stranger)
        with world.database.writing() as db:
            for forbidden in (
                lambda: access.people(db, actor),  # noqa: B023
                lambda: access.add(db, actor, "new", "新人", [Role.HR_LEADER]),  # noqa: B023
                lambda: access.change_roles(db, actor, stranger.id, stranger.version, [Role.HR_LEADER]),  # noqa: B023
                lambda: access.disable(db, actor, world.lin.id),  # noqa: B023
                lambda: access.invite(db, actor, world.lin.id),  # noqa: B023
                lambda: access.entries(db, actor),  # noqa: B023
            ):
                with pytest.raises(NotAllowed):
                    forbidden()


@pytest.mark.parametrize("login", ["", "a", "two words", "a/b", "<script>", "x" * 81])
def test_a_login_that_cannot_be_typed_safely_is_refused(world: World, login: str) -> None:
    with pytest.raises(BadInput), world.database.writing() as db:
        access.add(db, world.actor(world.lin), login, "新人", [Role.EXECUTIVE])


def test_a_login_or_an_email_belongs_to_one_person(world: World) -> None:
    for login, email in (("LIN", ""), ("new", "Lin@Bank.example")):
        with pytest.raises(BadInput), world.database.writing() as db:
            access.add(db, world.actor(world.lin), login, "新人", [Role.EXECUTIVE], email)


def test_a_person_without_any_role_is_refused(world: World) -> None:
    with pytest.raises(BadInput), world.database.writing() as db:
        access.add(db, world.actor(world.lin), "new", "新人", [])


def test_disabling_ends_every_sign_in_and_link_of_the_person(world: World) -> None:
    admission = world.sign_in(world.zhao)
    with world.database.writing() as db:
        token = access.invite(db, world.actor(world.lin), world.zhao.id)
    with world.database.writing() as db:
        access.disable(db, world.actor(world.lin), world.zhao.id)
    assert world.present(admission) is None
    with world.database.writing() as db:
        access.enable(db, world.actor(world.lin), world.zhao.id)
    assert world.present(admission) is None
    with world.database.reading() as db:
        assert access.welcome(db, token) is None
    assert world.sign_in(world.zhao)


def test_other_roles_hold_at_the_next_click(world: World) -> None:
    admission = world.sign_in(world.zhao)
    with world.database.writing() as db:
        access.change_roles(db, world.actor(world.lin), world.zhao.id, world.zhao.version, [Role.EXECUTIVE])
    person = world.present(admission)
    assert person is not None and person.actor.roles == {Role.EXECUTIVE}


def test_the_last_manager_of_accounts_can_be_neither_disabled_nor_demoted(world: World) -> None:
    lin = world.actor(world.lin)
    with world.database.writing() as db:
        access.disable(db, lin, world.wei.id)
    with pytest.raises(Conflict), world.database.writing() as db:
        access.disable(db, lin, world.lin.id)
    with pytest.raises(Conflict), world.database.writing() as db:
        access.change_roles(db, lin, world.lin.id, world.lin.version, [Role.EXECUTIVE])
    assert world.again(world.lin).enabled
    assert world.again(world.lin).roles == {Role.HR_LEADER}


def test_two_editors_never_overwrite_each_other(world: World) -> None:
    lin = world.actor(world.lin)
    with world.database.writing() as db:
        access.rename(db, lin, world.zhao.id, world.zhao.version, "赵强(已调岗)", "")
    with pytest.raises(Conflict), world.database.writing() as db:
        access.rename(db, lin, world.zhao.id, world.zhao.version, "赵小强", "")
    assert world.again(world.zhao).name == "赵强(已调岗)"


def test_a_sign_in_does_not_make_an_open_form_stale(world: World) -> None:
    world.sign_in(world.zhao)
    with world.database.writing() as db:
        access.prefer(db, world.zhao.id, language="en")
        access.rename(db, world.actor(world.lin), world.zhao.id, world.zhao.version, "赵小强", "")
    assert world.again(world.zhao).name == "赵小强"


def test_a_preference_is_remembered_and_an_unknown_language_refused(world: World) -> None:
    admission = world.sign_in(world.lin)
    with world.database.writing() as db:
        access.prefer(db, world.lin.id, language="en")
        access.prefer(db, world.lin.id, plan_id=7)
    person = world.present(admission)
    assert person is not None
    assert (person.language, person.plan_id) == ("en", 7)
    with pytest.raises(BadInput), world.database.writing() as db:
        access.prefer(db, world.lin.id, language="fr")


def test_people_change_their_own_address_unless_the_banks_sign_in_finds_them_by_it(world: World) -> None:
    zhao = world.actor(world.zhao)
    with world.database.writing() as db:
        access.change_own_email(db, zhao, " Zhao@Bank.example ", signs_in=False)
        assert access.own(db, zhao).email == "zhao@bank.example"
    for email in ("lin@bank.example", "zhao", "a@b\r\nBcc: c@d"):
        with pytest.raises(BadInput), world.database.writing() as db:
            access.change_own_email(db, zhao, email, signs_in=False)
    with pytest.raises(NotAllowed), world.database.writing() as db:
        access.change_own_email(db, zhao, "boss@bank.example", signs_in=True)
    with world.database.writing() as db:
        access.change_own_email(db, zhao, "", signs_in=False)
        assert access.own(db, zhao).email == ""
