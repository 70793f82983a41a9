"""From sums to figures: what adds up, what is absent, what never goes in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.figures import CHANNELS, DEFINITIONS, Facts, reckon

RARE = {"to_association", "destruction"}
SEVEN = [kind for kind in CHANNELS if kind not in RARE]
NOTHING = Facts(
    workshops=0,
    workshops_cancelled=0,
    services_done=0,
    volunteer_minutes=0,
    hours_counted=None,
    participants=0,
    attendances_counted=None,
    trained_volunteers_involved=0,
    communes_visited=0,
    grams_collected={},
    grams_transformed={},
    millilitres_of_soup=0,
    jars_made=0,
    exits={},
    cents=0,
    minutes=0,
)

counts = st.integers(0, 10**9)
grams = st.dictionaries(st.sampled_from(["gift", "glean", "purchase", "exchange"]), counts)
said = st.sampled_from([None, True, False])
facts = st.builds(
    Facts,
    workshops=counts,
    workshops_cancelled=counts,
    services_done=counts,
    volunteer_minutes=counts,
    hours_counted=said,
    participants=counts,
    attendances_counted=said,
    trained_volunteers_involved=counts,
    communes_visited=counts,
    grams_collected=grams,
    grams_transformed=grams,
    millilitres_of_soup=counts,
    jars_made=counts,
    exits=st.dictionaries(st.sampled_from(list(CHANNELS)), counts),
    cents=counts,
    minutes=counts,
    grams_facon=counts,
    jars_facon=counts,
    facon_recorded=said,
)


@given(facts)
def test_channels_and_stock_add_up_to_the_jars_made(facts: Facts) -> None:
    reckoned = reckon(facts)

    assert sum(reckoned.jars_by_channel.values()) + reckoned["jars_in_stock"] == facts.jars_made


@given(facts)
def test_no_exit_is_forgotten(facts: Facts) -> None:
    assert sum(reckon(facts).jars_by_channel.values()) == sum(facts.exits.values())


@given(facts)
def test_kilos_by_nature_add_up(facts: Facts) -> None:
    reckoned = reckon(facts)

    assert sum(reckoned.grams_collected.values()) == reckoned["kg_collected"]
    assert sum(reckoned.grams_transformed.values()) == reckoned["kg_transformed"]


@given(facts)
def test_every_figure_but_the_uncounted_is_there(facts: Facts) -> None:
    uncounted = set()
    if facts.attendances_counted is False:
        uncounted |= {"participants"}
    if facts.hours_counted is False:
        uncounted |= {"volunteer_hours", "trained_volunteers_involved"}
    if facts.facon_recorded is False:
        uncounted |= {"kg_facon", "jars_facon"}

    assert set(reckon(facts).quantities) == set(DEFINITIONS) - {"jars_by_channel"} - uncounted


@given(facts, counts, counts)
def test_what_belongs_to_clients_is_in_no_other_figure(facts: Facts, grams: int, jars: int) -> None:
    without = reckon(facts).quantities
    with_more = reckon(replace(facts, grams_facon=grams, jars_facon=jars)).quantities

    assert {key: value for key, value in with_more.items() if not key.endswith("_facon")} == {
        key: value for key, value in without.items() if not key.endswith("_facon")
    }


@given(facts, counts, counts)
def test_euros_and_minutes_never_meet(facts: Facts, cents: int, minutes: int) -> None:
    reckoned = reckon(replace(facts, cents=cents, minutes=minutes))

    assert (reckoned["euros"], reckoned["minutes"]) == (cents, minutes)


def test_the_seven_channels_are_always_said_and_the_two_rare_ones_once_they_serve() -> None:
    assert list(reckon(NOTHING).jars_by_channel) == SEVEN
    assert reckon(NOTHING).jars_by_channel == dict.fromkeys(SEVEN, 0)

    gone = reckon(replace(NOTHING, jars_made=5, exits={"destruction": 2}))
    assert gone.jars_by_channel["destruction"] == 2
    assert "to_association" not in gone.jars_by_channel
    assert gone["jars_in_stock"] == 3


def test_more_gone_than_made_is_shown_not_hidden() -> None:
    assert reckon(replace(NOTHING, jars_made=5, exits={"to_house": 7}))["jars_in_stock"] == -2


@pytest.mark.parametrize(
    ("fact", "keys"),
    [
        ("attendances_counted", {"participants"}),
        ("hours_counted", {"volunteer_hours", "trained_volunteers_involved"}),
        ("facon_recorded", {"kg_facon", "jars_facon"}),
    ],
)
def test_what_nobody_counted_is_absent_and_what_there_was_none_of_is_zero(fact: str, keys: set[str]) -> None:
    nothing_to_count, counted = reckon(NOTHING), reckon(replace(NOTHING, **{fact: True}))  # type: ignore[arg-type]
    forgotten = reckon(replace(NOTHING, **{fact: False}))  # type: ignore[arg-type]

    assert all(nothing_to_count[key] == counted[key] == 0 for key in keys)
    assert not any(key in forgotten for key in keys)
