"""The routes that the server answers itself: signing in and out, one-time links, the form for needs, checking in, surveys, calendars,
shared links, workshop boards, health."""

from __future__ import annotations

from collections.abc import Callable

from starlette.routing import Route

from core.access.limits import TryLimit
from core.web.calendar import CalendarDoor
from core.web.check_in import check_in_door
from core.web.desk import Desk
from core.web.health import health
from core.web.house import House
from core.web.needs import NeedsDoor
from core.web.share import PAGE_OF_YEAR, SCRIPT, STILL_OPEN, ShareDoor
from core.web.sign_in import SignInDoor
from core.web.survey import survey_door
from core.web.welcome import WelcomeDoor
from core.web.workshop import WorkshopDoor, script
from core.web.year import YearDoor
from core.web.year import script as year_script

# A whole branch may come from one address, so only tries that fail count.
TRIES, SECONDS = 30, 600.0
# A class mistypes more often than one person does.
_CLASS = 4


def routes(instance: Callable[[], House], tries: int = TRIES) -> list[Route]:
    """All routes, on the running copy of the product that `instance` gives.

    One address may fail `tries` times in ten minutes.
    """
    sign_in = SignInDoor(Desk(instance, TryLimit(tries, SECONDS)))
    welcome = WelcomeDoor(Desk(instance, TryLimit(tries, SECONDS)))
    needs = NeedsDoor(Desk(instance, TryLimit(tries, SECONDS)))
    calendar = CalendarDoor(Desk(instance, TryLimit(tries, SECONDS)))
    check_in = check_in_door(Desk(instance, TryLimit(tries * _CLASS, SECONDS)))
    survey = survey_door(Desk(instance, TryLimit(tries * _CLASS, SECONDS)))
    share = ShareDoor(Desk(instance, TryLimit(tries, SECONDS)))
    year = YearDoor(Desk(instance, TryLimit(tries, SECONDS)))
    workshop = WorkshopDoor(Desk(instance, TryLimit(tries * _CLASS, SECONDS)))
    return [
        Route("/sign-in", sign_in.show, methods=["GET"]),
        Route("/sign-in", sign_in.enter, methods=["POST"]),
        Route("/sign-out", sign_in.ask_to_leave, methods=["GET"]),
        Route("/sign-out", sign_in.leave, methods=["POST"]),
        Route("/welcome/{token}", welcome.show, methods=["GET"]),
        Route("/welcome/{token}", welcome.enter, methods=["POST"]),
        Route("/answer/{token}", needs.show, methods=["GET"]),
        Route("/answer/{token}", needs.enter, methods=["POST"]),
        Route("/check-in/{token}", check_in.show, methods=["GET"]),
        Route("/check-in/{token}", check_in.enter, methods=["POST"]),
        Route("/survey/{token}", survey.show, methods=["GET"]),
        Route("/survey/{token}", survey.enter, methods=["POST"]),
        Route(PAGE_OF_YEAR, year.show, methods=["GET"]),
        Route(STILL_OPEN, year.still_open, methods=["GET"]),
        Route(SCRIPT, year_script, methods=["GET"]),
        Route("/share/{token}", share.show, methods=["GET"]),
        Route("/share/{token}", share.enter, methods=["POST"]),
        Route("/join/{token}", workshop.show, methods=["GET"]),
        Route("/join/{token}", workshop.enter, methods=["POST"]),
        Route("/board/live.js", script, methods=["GET"]),
        Route("/board/{board_id:int}", workshop.board, methods=["GET"]),
        Route("/board/{board_id:int}", workshop.act, methods=["POST"]),
        Route("/board/{board_id:int}/scene", workshop.scene, methods=["GET"]),
        Route("/feed/{token}.ics", calendar.show, methods=["GET"]),
        Route("/healthz", health(instance), methods=["GET"]),
    ]
