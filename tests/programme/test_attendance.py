"""Heads are counted by band or in all, within what a truck can receive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bocal.programme.actions import (
    UnableToCountAttendance,
    head_count,
    record_attendance,
    reopen_intervention,
)
from bocal.programme.models import Attendance, Intervention
from bocal.programme.queries import counts_of, interventions
from bocal.toolbox.acts import history_of
from tests.programme.factories import NOW, a_person, an_intervention

Band = Attendance.Band


def count(intervention, **counts):
    record_attendance(intervention=intervention, counts=counts, by=a_person("Nadia T."), at=NOW)


# --- What is said of a total and its bands ----------------------------------------------------------


def test_children_and_a_total_are_enough():
    assert head_count(total=12, bands={Band.CHILDREN: 5}) == {Band.CHILDREN: 5, Band.UNKNOWN: 7}


def test_a_total_alone_is_of_unknown_age():
    assert head_count(total=12, bands={Band.CHILDREN: None}) == {Band.UNKNOWN: 12}


def test_bands_alone_make_the_total():
    assert head_count(total=None, bands={Band.CHILDREN: 5, Band.ADULTS: 3}) == {
        Band.CHILDREN: 5,
        Band.ADULTS: 3,
    }


def test_nobody_came_is_not_nobody_counted():
    assert head_count(total=0, bands={}) == {Band.UNKNOWN: 0}
    assert head_count(total=None, bands={}) == {}


def test_more_children_than_people_is_refused_with_both_numbers():
    with pytest.raises(UnableToCountAttendance, match=r"plus d'enfants \(8\).*en tout \(5\)") as refusal:
        head_count(total=5, bands={Band.CHILDREN: 8})
    assert refusal.value.field == "total"


def test_bands_beyond_the_total_are_refused():
    with pytest.raises(UnableToCountAttendance, match="font 9 personnes"):
        head_count(total=8, bands={Band.CHILDREN: 5, Band.SENIORS: 4})


@given(
    st.dictionaries(
        st.sampled_from([band for band in Band.values if band != "unknown"]), st.integers(0, 400)
    ),
    st.integers(0, 400),
)
def test_the_counts_always_make_the_total(bands, others):
    total = sum(bands.values()) + others
    counts = head_count(total=total, bands=bands)
    assert sum(counts.values()) == total
    assert all(counts[band] == heads for band, heads in bands.items())


# --- What is written down ----------------------------------------------------------------------------


@pytest.mark.django_db
class TestRecording:
    def test_a_new_count_replaces_the_old_one_and_the_history_keeps_both(self):
        intervention = an_intervention()
        count(intervention, children=5, unknown=7)
        count(intervention, children=6, adults=7)
        assert counts_of(intervention) == {"children": 6, "adults": 7}
        assert interventions().get().participants == 13
        told = history_of(intervention)[0]
        assert "Nadia T. a compté les présences" in told.sentence
        assert ("enfants", "5", "6") in told.changes

    def test_the_same_count_twice_is_told_once(self):
        intervention = an_intervention()
        count(intervention, children=5)
        count(intervention, children=5)
        assert len(history_of(intervention)) == 2

    def test_nobody_counted_has_no_participants_and_nobody_came_has_zero(self):
        intervention = an_intervention()
        assert interventions().get().participants is None
        count(intervention, unknown=0)
        assert interventions().get().participants == 0
        count(intervention)
        assert interventions().get().participants is None

    @pytest.mark.parametrize(
        ("counts", "word"),
        [
            ({"unknown": 10_000}, "10\u00a0000 personnes"),
            ({"children": 1500, "adults": 501}, "2\u00a0001 personnes"),
            ({"children": -1}, "négatif"),
            ({"martiens": 3}, "martiens"),
        ],
    )
    def test_what_cannot_be_is_refused_and_changes_nothing(self, counts, word):
        intervention = an_intervention()
        count(intervention, adults=3)
        with pytest.raises(UnableToCountAttendance, match=word):
            count(intervention, **counts)
        assert counts_of(intervention) == {"adults": 3}

    def test_nobody_came_yet_to_what_is_planned(self):
        intervention = reopen_intervention(intervention=an_intervention(), by=a_person(), at=NOW)
        with pytest.raises(UnableToCountAttendance, match="d'abord"):
            count(intervention, adults=3)

    def test_a_workbook_may_say_how_many_were_expected_at_what_was_cancelled(self):
        intervention = an_intervention(status=Intervention.Status.CANCELLED)
        count(intervention, unknown=12)
        assert counts_of(intervention) == {"unknown": 12}
