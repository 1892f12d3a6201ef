"""Which policy fits: the most specific one, whatever the order of the rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.sla.rules.choosing import DIMENSIONS, Candidate, choose, clash, fits

FAULT = Candidate("fault", {"kind": ["fault"]})
RURAL = Candidate("fault.rural", {"kind": ["fault"], "area": ["rural"]})
GOLD = Candidate("fault.gold", {"kind": ["fault"], "tier": ["6", "7"]})
ANY = Candidate("any", {})
ALL = [FAULT, RURAL, GOLD, ANY]


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({"kind": "fault"}, "fault"),
        ({"kind": "fault", "area": "urban"}, "fault"),
        ({"kind": "fault", "area": "rural"}, "fault.rural"),
        ({"kind": "fault", "tier": "7"}, "fault.gold"),
        ({"kind": "fault", "area": "rural", "tier": "7"}, "fault.rural"),
        ({"kind": "enquiry", "area": "rural"}, "any"),
        ({}, "any"),
    ],
)
def test_the_most_specific_policy_that_fits_is_chosen(facets, expected):
    for rows in (ALL, ALL[::-1]):
        found = choose(rows, facets)
        assert found is not None
        assert found.code == expected


def test_where_none_fits_none_is_chosen():
    assert choose([RURAL, GOLD], {"kind": "fault"}) is None


VALUES = ("a", "b", "c")
conditions = st.dictionaries(
    st.sampled_from(DIMENSIONS), st.lists(st.sampled_from(VALUES), min_size=1, unique=True), max_size=3
)
candidates = st.lists(conditions, min_size=1, max_size=6).map(
    lambda found: [Candidate(f"p{n}", one) for n, one in enumerate(found)]
)
facets = st.fixed_dictionaries({name: st.sampled_from(("", *VALUES)) for name in DIMENSIONS})


@given(rows=candidates, facets=facets, seed=st.randoms())
def test_the_choice_fits_and_no_other_that_fits_has_more_conditions(rows, facets, seed):
    """Nor does a policy of the same size win with lighter dimensions, nor does the order of the rows matter."""
    shuffled = list(rows)
    seed.shuffle(shuffled)
    found, again = choose(rows, facets), choose(shuffled, facets)
    assert found == again
    fitting = [
        one for one in rows if all(facets[name] and facets[name] in held for name, held in one.conditions.items())
    ]
    if found is None:
        assert fitting == []
        return
    assert fits(found.conditions, facets)
    assert len(found.conditions) == max(len(one.conditions) for one in fitting)
    peers = [one for one in fitting if len(one.conditions) == len(found.conditions)]
    weights = {
        one.code: [DIMENSIONS.index(name) for name in sorted(one.conditions, key=DIMENSIONS.index)] for one in peers
    }
    assert weights[found.code] == min(weights.values())


@given(one=conditions, other=conditions, facets=facets)
def test_policies_that_do_not_clash_are_never_equally_specific_for_the_same_matter(one, other, facets):
    both = fits(one, facets) and fits(other, facets)
    if both and one.keys() == other.keys():
        assert clash(one, other)
    if not clash(one, other) and both:
        assert one.keys() != other.keys()
