"""The precedence table, by property."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from shouwen.routing.rules import media
from shouwen.routing.rules.matching import Item, Queue, Seat, choose_seat, in_order, settle
from shouwen.routing.rules.precedence import (
    BONUS_LIMIT,
    LEADS,
    Discipline,
    Klass,
    lead,
    passing_bound,
    star_bonus,
    starvation_bound,
    virtual_arrival,
)

T0 = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
moments = st.integers(0, 3 * 24 * 3600).map(lambda s: T0 + timedelta(seconds=s))
klasses = st.sampled_from(list(Klass))
bonuses = st.integers(-100, 10_000).map(lambda s: timedelta(seconds=s))
levels = st.integers(1, 10)
QUEUE = Queue(id=1, skill=1)


def seats(**fixed: object) -> st.SearchStrategy[list[Seat]]:
    one = st.builds(
        Seat,
        staff=st.integers(1, 500),
        site=st.integers(1, 3),
        skills=levels.map(lambda level: {1: level}),
        free=st.just({"web_chat": 1}),
        ready=st.just(True),
        idle_since=moments,
        **fixed,  # type: ignore[arg-type]
    )
    return st.lists(one, min_size=1, max_size=12, unique_by=lambda seat: seat.staff)


def waiting(klass: Klass, at: datetime, number: int = 1, **more: object) -> Item:
    vtime = virtual_arrival(klass=klass, requested_at=at)
    return Item(number, QUEUE, "web_chat", vtime, 1, highest_grade=klass is Klass.VIP, **more)  # type: ignore[arg-type]


@given(moments)
def test_classes_that_arrive_together_are_served_in_the_order_of_the_table(at: datetime) -> None:
    items = [waiting(klass, at, n) for n, klass in enumerate(reversed(Klass))]
    assert [i.id for i in in_order(items)] == [5, 4, 3, 2, 1, 0]


@given(klasses, st.integers(0, 23 * 3600))
def test_a_transferred_contact_is_ahead_of_every_new_one_of_the_last_day(klass: Klass, age: int) -> None:
    new = waiting(klass, T0 - timedelta(seconds=age), 1)
    moved = waiting(Klass.TRANSFER, T0, 2)
    expected = new if klass in {Klass.RE_OFFER, Klass.TRANSFER} else moved
    assert in_order([new, moved])[0] is expected


@given(klasses, bonuses, st.sampled_from(list(Discipline)))
def test_bonuses_never_lift_a_plain_contact_above_a_callback_that_is_due(
    klass: Klass, bonus: timedelta, discipline: Discipline
) -> None:
    gained = lead(klass, discipline, bonus) - LEADS[discipline][klass]
    assert timedelta() <= gained <= (BONUS_LIMIT if klass is Klass.PLAIN else timedelta())


def test_seven_stars_stay_within_the_limit_of_bonuses() -> None:
    assert [star_bonus(s) for s in (None, 1, 7)] == [0, 30, 210]
    assert timedelta(seconds=star_bonus(7)) <= BONUS_LIMIT


@pytest.mark.req("R-ACD-009")
@given(
    st.sampled_from(list(Discipline)),
    moments,
    st.lists(st.tuples(klasses, st.integers(0, 5 * 24 * 3600)), max_size=30),
)
def test_no_contact_starves(discipline: Discipline, at: datetime, others: list[tuple[Klass, int]]) -> None:
    """In each discipline (first in first out, by priority, weighted by age) a plain contact is passed only by those
    who come within a bounded time after it, however pressing they are."""
    bound = starvation_bound(discipline)
    mine = virtual_arrival(klass=Klass.PLAIN, requested_at=at, discipline=discipline)
    for klass, later in others:
        came = at + timedelta(seconds=later)
        passes = virtual_arrival(klass=klass, requested_at=came, discipline=discipline) < mine
        assert not (passes and came > at + bound)


@given(st.lists(moments, min_size=2, unique=True))
def test_first_in_first_out_serves_by_arrival_alone(came: list[datetime]) -> None:
    kinds = [Klass.PLAIN, Klass.VIP, Klass.GREEN, Klass.CALLBACK]
    line = [
        virtual_arrival(klass=kinds[n % 4], requested_at=at, discipline=Discipline.FIFO)
        for n, at in enumerate(sorted(came))
    ]
    assert all(a < b for a, b in pairwise(line))


@given(seats())
def test_a_vip_gets_the_highest_grade_of_his_site_and_of_those_the_longest_idle(free: list[Seat]) -> None:
    """A key customer goes to the seat with the highest grade among the idle qualified ones; equals: longest idle."""
    chosen = choose_seat(waiting(Klass.VIP, T0), free)
    assert chosen is not None
    best = max(seat.skills[1] for seat in free)
    assert chosen.skills[1] == best
    assert chosen.idle_since == min(s.idle_since for s in free if s.skills[1] == best and s.idle_since)


@pytest.mark.req("R-ACD-003")
@given(seats(), levels)
def test_a_contact_gets_the_seat_with_the_least_surplus_and_a_higher_one_when_no_closer_is_free(
    free: list[Seat], needed: int
) -> None:
    """The specialist whose level fits takes it; with all of them busy a higher, more general seat does, at once."""
    item = waiting(Klass.PLAIN, T0)
    item.needed_level = needed
    chosen = choose_seat(item, free)
    fit = [seat.skills[1] for seat in free if seat.skills[1] >= needed]
    assert (chosen.skills[1] if chosen else None) == (min(fit) if fit else None)


@pytest.mark.req("R-ACD-002")
@given(seats(), st.integers(1, 3))
def test_a_seat_of_the_same_site_is_preferred_whenever_one_fits(free: list[Seat], site: int) -> None:
    """The nearest seat that fits takes the contact; a distant one only when the site has none."""
    chosen = choose_seat(waiting(Klass.PLAIN, T0, site=site), free)
    assert chosen is not None
    assert (chosen.site == site) == any(seat.site == site for seat in free)


@given(seats(), st.lists(st.tuples(klasses, moments), max_size=20))
def test_settling_leaves_no_free_seat_beside_a_contact_it_could_take(
    free: list[Seat], came: list[tuple[Klass, datetime]]
) -> None:
    line = [waiting(klass, at, n) for n, (klass, at) in enumerate(came)]
    given_out = settle(line, free, T0)
    assert len({staff for _, staff in given_out}) == len(given_out)
    assert all(choose_seat(item, free) is None for item in line)


@pytest.mark.django_db
def test_the_database_knows_the_media_as_the_rules_do() -> None:
    names = [*media.MEDIA, "web_chat", "wechat"]
    with connection.cursor() as cursor:
        cursor.execute(
            "select m, routing_exclusive(m), routing_interruptible(m) from unnest(%s::text[]) m order by m", [names]
        )
        found = cursor.fetchall()
    assert found == sorted((name, media.of(name).exclusive, media.of(name).interruptible) for name in names)


def test_who_can_wait_is_passed_for_as_long_as_his_patience_and_the_leads_last() -> None:
    email, paper = media.of("email").patience, media.of("back_office").patience
    assert passing_bound(Discipline.WEIGHTED, email) == timedelta(hours=4, minutes=15)
    assert passing_bound(Discipline.PRIORITY, paper) == timedelta(hours=11)
    assert starvation_bound(Discipline.FIFO, email) == timedelta(days=2, hours=4)
