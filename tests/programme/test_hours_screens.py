"""Hours, through the browser's requests: a crew at once, the list to confirm, one entry, one's own."""

from datetime import date, time

import pytest
from django.urls import reverse

from bocal.people.models import Person
from bocal.programme.actions import withdraw_hours
from bocal.programme.models import Hours
from bocal.toolbox.ids import new_id
from tests.people.factories import signed_in, somebody_who
from tests.programme.factories import (
    NOW,
    YESTERDAY,
    a_house,
    a_person,
    an_intervention,
    page,
    planned,
    send,
    some_hours,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_evening")]


def crew(**lines):
    """What the form of a crew sends: shared fields, and `who=[…]`, one line each."""
    who = lines.pop("who", [])
    sent = {"team-TOTAL_FORMS": len(who), "team-INITIAL_FORMS": 0, "minutes": "", "task": "workshop"}
    for number, line in enumerate(who):
        blank = {"id": new_id(), "person": "", "minutes": "", "task": "", "nature": ""}
        sent |= {f"team-{number}-{name}": value for name, value in {**blank, **line}.items()}
    return sent | lines


class TestACrew:
    def test_names_are_enough_and_natures_follow_the_person(self, coordination):
        intervention = an_intervention()
        a_person("Aline E."), a_person("Claude E.", status=Person.Status.ACCORDEUR)
        a_person("Opérateur conserverie", status=Person.Status.EMPLOYEE)
        sent = crew(
            minutes="3 h 30",
            who=[
                {"person": "aline e"},
                {"person": "Claude E.", "minutes": "2", "task": "transport"},
                {"person": "OPERATEUR conserverie"},
                {},
            ],
        )
        for _twice in range(2):
            assert send(coordination, "crew_hours", intervention.id, **sent).status_code == 302
        given = Hours.objects.order_by("person__name").values_list(
            "person__name", "minutes", "task", "nature", "day"
        )
        assert list(given) == [
            ("Aline E.", 210, "workshop", "volunteer", YESTERDAY),
            ("Claude E.", 120, "transport", "credited", YESTERDAY),
            ("Opérateur conserverie", 210, "workshop", "paid", YESTERDAY),
        ]

    def test_one_unknown_name_records_nobody_and_keeps_every_line(self, coordination):
        a_person("Aline E.")
        sent = crew(minutes="2", who=[{"person": "Aline E."}, {"person": "Alinne E", "minutes": "1 h 15"}])
        shown = send(coordination, "crew_hours", an_intervention().id, **sent).content.decode()
        assert "Vouliez-vous dire Aline E." in shown
        assert 'value="Alinne E"' in shown
        assert 'value="1 h 15"' in shown
        assert not Hours.objects.exists()

    def test_a_day_too_long_is_said_on_its_line(self, coordination):
        a_person("Aline E."), a_person("Zoé H.")
        sent = crew(
            who=[
                {"person": "Zoé H.", "minutes": "2"},
                {"person": "Aline E.", "minutes": "20"},
                {"person": "Aline E.", "minutes": "5", "task": "transport"},
            ]
        )
        shown = send(coordination, "crew_hours", an_intervention().id, **sent).content.decode()
        assert "la journée ferait 25" in shown
        assert not Hours.objects.exists()

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            (crew(minutes="2"), "Écrivez au moins un nom"),
            (crew(who=[{}, {}]), "Écrivez au moins un nom"),
            (crew(who=[{"person": "Aline E."}]), "Il manque la durée"),
            (crew(minutes="25", who=[{"person": "Aline E."}]), "au plus 24"),
            (crew(minutes="1 h 5", who=[{"person": "Aline E."}]), "deux chiffres"),
            (crew(who=[{"person": "Aline E.", "minutes": "beaucoup"}]), "beaucoup"),
            (crew(who=[{"person": "x" * 500, "minutes": "1"}]), "120"),
            ({"minutes": "2", "task": "workshop"}, "Rechargez-la"),
        ],
    )
    def test_what_is_missing_or_wrong_is_said(self, coordination, sent, sentence):
        a_person("Aline E.")
        answer = send(coordination, "crew_hours", an_intervention().id, **sent)
        assert sentence in answer.content.decode()
        assert not Hours.objects.exists()

    def test_the_same_task_again_is_kept_and_said(self, coordination):
        intervention = an_intervention()
        some_hours(intervention=intervention, task="workshop", minutes=60)
        sent = crew(minutes="2", who=[{"person": "Aline E."}])
        answer = coordination.post(reverse("programme:crew_hours", args=[intervention.id]), sent, follow=True)
        assert "les deux sont gardées" in answer.content.decode()
        assert Hours.objects.count() == 2

    def test_a_meeting_has_a_day_and_no_intervention(self, coordination):
        a_person("Aline E.")
        send(
            coordination,
            "day_hours",
            **crew(day="2026-11-20", minutes="2", task="meeting", who=[{"person": "Aline E."}]),
        )
        given = Hours.objects.get()
        assert (given.day, given.task, given.intervention) == (date(2026, 11, 20), "meeting", None)

    def test_the_length_of_the_workshop_is_offered(self, coordination):
        intervention = an_intervention(starts_at=time(14), ends_at=time(17, 30))
        assert 'value="3\u00a0h\u00a030"' in page(coordination, "crew_hours", intervention.id)


class TestTheList:
    def test_a_referent_sees_and_confirms_the_hours_of_her_structure(self):
        ors, accorderie = a_house(), a_house("Accorderie")
        client = signed_in(somebody_who("referent", "Référente", house=ors))
        ours = some_hours(person=a_person("Aline E.", house=ors))
        theirs = some_hours(person=a_person("Zoé H.", house=accorderie))
        shown = page(client, "hours")
        assert "Aline E." in shown
        assert "Zoé H." not in shown
        assert "Accorderie" not in shown
        send(client, "confirm_hours", hours=[str(ours.id), str(theirs.id), "junk"])
        ours.refresh_from_db(), theirs.refresh_from_db()
        assert (ours.house, theirs.house) == (ors, None)
        assert "confirmées</span>" in page(client, "hours")

    def test_all_of_the_page_is_confirmed_with_one_button_and_the_filters_stay(self, coordination):
        ors = a_house()
        shown = [some_hours(person=a_person("Aline E.", house=ors), minutes=minutes) for minutes in (30, 40)]
        answer = coordination.post(
            reverse("programme:confirm_hours") + "?state=to_confirm",
            {"everything": "yes", "all": [str(hours.id) for hours in shown]},
        )
        assert answer.url == reverse("programme:hours") + "?state=to_confirm"
        assert Hours.objects.filter(house=ors).count() == 2

    def test_hours_without_a_structure_wait_and_it_is_said(self, coordination):
        hours = some_hours()
        answer = coordination.post(reverse("programme:confirm_hours"), {"hours": str(hours.id)}, follow=True)
        assert "n&#x27;ont pas de structure" in answer.content.decode()

    def test_totals_stand_apart_by_nature(self, coordination):
        some_hours(minutes=90)
        some_hours(minutes=45, nature=Hours.Nature.CREDITED)
        shown = page(coordination, "hours")
        assert "1\u00a0h\u00a030" in shown
        assert "45\u00a0min" in shown
        assert "2\u00a0h\u00a015" not in shown

    def test_filters_and_export(self, coordination):
        some_hours(person=a_person("Aline E."))
        some_hours(person=a_person("Zoé H."), nature=Hours.Nature.PAID)
        assert "Zoé H." not in page(coordination, "hours", name="aline")
        assert "Aline E." not in page(coordination, "hours", nature="paid")
        csv = coordination.get(reverse("programme:hours"), {"format": "csv", "name": "zoe"}).content.decode(
            "utf-8-sig"
        )
        assert "Zoé H." in csv
        assert "Aline E." not in csv


class TestOneEntry:
    def test_it_is_corrected_withdrawn_put_back_and_unconfirmed(self, coordination):
        hours = some_hours(person=a_person("Aline E.", house=a_house()))
        send(coordination, "confirm_hours", hours=str(hours.id))
        assert "Revenir sur la confirmation" in page(coordination, "entry", hours.id)
        send(coordination, "unconfirm_hours", hours.id)
        send(
            coordination,
            "entry",
            hours.id,
            day="2026-11-24",
            minutes="1 h 30",
            task="meeting",
            nature="volunteer",
            reason="plus court",
        )
        hours.refresh_from_db()
        assert (hours.day, hours.minutes, hours.task) == (date(2026, 11, 24), 90, "meeting")
        send(coordination, "withdraw_hours", hours.id, reason="notées deux fois")
        shown = page(coordination, "entry", hours.id)
        assert "Remettre ces heures" in shown
        assert "notées deux fois" in shown
        send(coordination, "restore_hours", hours.id)
        hours.refresh_from_db()
        assert hours.withdrawn_at is None

    def test_putting_back_what_no_longer_fits_is_refused_kindly(self, coordination):
        hours = some_hours(minutes=1200)
        withdraw_hours(hours=hours, reason="erreur", by=a_person(), at=NOW)
        some_hours(minutes=1200, task="meeting")
        answer = coordination.post(reverse("programme:restore_hours", args=[hours.id]), follow=True)
        assert "la journée ferait 40" in answer.content.decode()

    def test_a_refused_correction_keeps_what_was_typed(self, coordination):
        hours = some_hours()
        shown = send(
            coordination,
            "entry",
            hours.id,
            day="1917-11-07",
            minutes="48",
            task="meeting",
            nature="volunteer",
        ).content.decode()
        assert 'value="48"' in shown
        assert "au plus 24" in shown
        assert "trop loin" in shown

    def test_nobody_opens_somebody_else_s_hours(self):
        of_zoe = some_hours(person=a_person("Zoé H."))
        for role in ("volunteer", "operator", "shop"):
            client = signed_in(somebody_who(role))
            assert client.get(reverse("programme:entry", args=[of_zoe.id])).status_code == 404


class TestMine:
    def test_i_see_my_hours_what_is_coming_and_nobody_else(self):
        me = somebody_who("volunteer", "Aline E.")
        some_hours(person=me, minutes=90)
        some_hours(person=a_person("Zoé H."), minutes=555)
        planned(title="Soupe de courge")
        shown = page(signed_in(me), "mine")
        assert "1\u00a0h\u00a030" in shown
        assert "Soupe de courge" in shown
        assert "Zoé H." not in shown
        assert "9\u00a0h\u00a015" not in shown
        assert reverse("programme:agenda") not in shown

    def test_i_note_hours_at_an_intervention_or_on_a_day(self):
        me = somebody_who("volunteer", "Aline E.")
        client, intervention = signed_in(me), an_intervention()
        id = new_id()
        for _twice in range(2):
            send(
                client,
                "declare",
                id=id,
                intervention=str(intervention.id),
                minutes="3",
                task="workshop",
                nature="volunteer",
            )
        send(
            client,
            "declare",
            id=new_id(),
            intervention="elsewhere",
            day="2026-11-20",
            minutes="1",
            task="meeting",
            nature="volunteer",
        )
        assert set(Hours.objects.values_list("person__name", "day", "minutes")) == {
            ("Aline E.", YESTERDAY, 180),
            ("Aline E.", date(2026, 11, 20), 60),
        }

    def test_a_volunteer_cannot_pay_herself_an_accordeur_may_choose(self):
        volunteer = somebody_who("volunteer", "Aline E.")
        refused = send(
            signed_in(volunteer),
            "declare",
            id=new_id(),
            intervention="elsewhere",
            day="2026-11-20",
            minutes="1",
            task="meeting",
            nature="paid",
        )
        assert refused.status_code == 200
        accordeur = somebody_who("volunteer", "Claude E.", status="accordeur")
        send(
            signed_in(accordeur),
            "declare",
            id=new_id(),
            intervention="elsewhere",
            day="2026-11-20",
            minutes="1",
            task="meeting",
            nature="credited",
        )
        assert list(Hours.objects.values_list("nature", flat=True)) == ["credited"]

    def test_i_correct_and_withdraw_until_a_structure_has_confirmed(self):
        me = somebody_who("volunteer", "Aline E.", house=a_house())
        client, hours = signed_in(me), some_hours(person=me)
        send(client, "entry", hours.id, day=str(YESTERDAY), minutes="1", task="meeting", nature="volunteer")
        hours.refresh_from_db()
        assert hours.minutes == 60
        coordination = signed_in(somebody_who("coordination"))
        send(coordination, "confirm_hours", hours=str(hours.id))
        assert "Retirer" not in page(client, "entry", hours.id)
        assert send(client, "withdraw_hours", hours.id, reason="non").status_code == 403

    @pytest.mark.parametrize("day", ["", "2026-11-30", "1917-11-07"])
    def test_a_day_that_is_missing_or_cannot_be_is_said(self, day):
        client = signed_in(somebody_who("volunteer", "Aline E."))
        answer = send(
            client,
            "declare",
            id=new_id(),
            intervention="elsewhere",
            day=day,
            minutes="1",
            task="meeting",
            nature="volunteer",
        )
        assert answer.status_code == 200
        assert "data-error" in answer.content.decode()
        assert not Hours.objects.exists()
