from __future__ import annotations

from datetime import timedelta

import pytest

from core.access import service as access
from core.access.service import Present
from core.storage import now
from tests.core.access.world import World


def claims(email: str = "lin@bank.example", *, age_seconds: float = 0, **more: object) -> dict[str, object]:
    issued = int((now() - timedelta(seconds=age_seconds)).timestamp())
    return {"iss": "https://id.bank.example", "sub": email, "email": email, "iat": issued, **more}


def admit(world: World, given: dict[str, object]) -> Present | None:
    with world.database.writing() as db:
        return access.admit_claims(db, given, 30, "Edge", "10.0.0.8")


def test_the_banks_sign_in_leads_to_the_account_of_the_same_email(world: World) -> None:
    person = admit(world, claims("LIN@bank.example", email_verified=True))
    assert person is not None and person.actor.account_id == world.lin.id
    assert world.actions()[0] == "sign_in"


@pytest.mark.parametrize(
    "given",
    [
        claims("stranger@bank.example"),
        claims(""),
        claims(email_verified=False),
        claims(email_verified="false"),
        claims(iat=None),
        claims(iat=True),
        claims(age_seconds=31 * 86_400),
        claims(age_seconds=-3600),
    ],
    ids=["unknown", "no email", "unverified", "unverified text", "no iat", "odd iat", "too old", "from the future"],
)
def test_claims_that_prove_nobody_let_nobody_in(world: World, given: dict[str, object]) -> None:
    assert admit(world, given) is None


def test_a_disabled_person_is_refused_and_older_tokens_stay_refused_after_enabling(world: World) -> None:
    before = claims(age_seconds=5)
    with world.database.writing() as db:
        access.disable(db, world.actor(world.wei), world.lin.id)
    assert admit(world, before) is None
    with world.database.writing() as db:
        access.enable(db, world.actor(world.wei), world.lin.id)
    assert admit(world, before) is None
    assert admit(world, claims(age_seconds=-5)) is not None


def test_one_sign_in_of_the_bank_is_listed_once_and_can_be_revoked(world: World) -> None:
    given = claims()
    first, second = admit(world, given), admit(world, given)
    assert first is not None and first == second
    with world.database.reading() as db:
        assert [row.browser for row in access.own_sign_ins(db, first)] == ["Edge"]
    with world.database.writing() as db:
        access.sign_out(db, first)
    assert admit(world, given) is None
    assert admit(world, claims(age_seconds=-2)) is not None


def test_a_refused_stranger_is_written_down_once_for_each_token(world: World) -> None:
    given = claims("stranger@bank.example", sub="once")
    for _ in range(3):
        with world.database.writing() as db:
            access.record_refusal(db, given, "10.0.0.9")
    assert world.actions().count("sign_in_refused") == 1
