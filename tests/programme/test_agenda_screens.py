"""The agenda and its interventions through the browser's requests: who opens what, what is written, what is refused."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from bocal.people.models import Organisation
from bocal.programme.actions import record_word
from bocal.programme.models import Attendance, Evaluation, Intervention, ResidentWord
from bocal.toolbox.ids import new_id
from tests.people.factories import signed_in, somebody_who
from tests.programme.factories import (
    NOW,
    YESTERDAY,
    a_commune,
    a_house,
    a_person,
    an_intervention,
    page,
    planned,
    send,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_evening")]

Kind, Status = Intervention.Kind, Intervention.Status


def new_form(**typed):
    facts = {"id": new_id(), "kind": "workshop", "day": "2026-11-27", "commune": "Peyrins"}
    return {name: value for name, value in {**facts, **typed}.items() if value is not None}


# --- The agenda ---------------------------------------------------------------------------------


def test_what_is_coming_stands_under_its_month_and_what_is_past_on_its_own_page(coordination):
    planned(title="Soupe de courge", site="salle des fêtes")
    an_intervention(title="Confiture", day=date(2026, 10, 3))
    coming, past = page(coordination, "agenda"), page(coordination, "past")
    assert "Novembre\u00a02026" in coming
    assert "Soupe de courge" in coming
    assert "Peyrins, salle des fêtes" in coming
    assert "Confiture" not in coming
    assert "Octobre\u00a02026" in past
    assert "Confiture" in past


def test_an_empty_agenda_says_what_to_do_first(coordination):
    assert "Noter une intervention" in page(coordination, "agenda")


def test_filters_come_from_the_address_and_junk_is_said_to_be_ignored(coordination):
    planned(title="Soupe"), planned(title="Camion prêté", kind=Kind.RENTAL)
    rentals = page(coordination, "agenda", kind="rental")
    assert "Camion prêté" in rentals
    assert "Soupe" not in rentals
    assert "Ce filtre est ignoré" in page(coordination, "agenda", **{"from": "jamais"})
    an_intervention(title="Ancienne", day=date(2018, 3, 1))
    whole = page(coordination, "agenda", **{"from": "2018-01-01", "to": "2018-12-31"})
    assert "Ancienne" in whole
    assert "Soupe" not in whole


def test_the_export_holds_what_the_filters_keep(coordination):
    planned(title="=Soupe"), planned(title="Prêt", kind=Kind.RENTAL)
    answer = coordination.get(reverse("programme:agenda"), {"format": "xlsx", "kind": "workshop"})
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[3] for row in rows] == ["Titre", "=Soupe"]
    csv = coordination.get(reverse("programme:agenda"), {"format": "csv"}).content.decode("utf-8-sig")
    assert csv.startswith("N°;Jour;Type;Titre")
    assert "'=Soupe" in csv


# --- An intervention by hand --------------------------------------------------------------------


def test_an_intervention_is_planned_by_hand_with_a_new_partner_and_several_structures(coordination):
    ors, accorderie = a_house(), a_house("Accorderie")
    typed = new_form(
        title="L’été en bocaux 🍅",
        starts_at="14:00",
        ends_at="17 h 30",
        site="jardin d'Élise",
        partner="CCAS de Peyrins",
        lead_house=str(ors.id),
        houses=[str(accorderie.id), str(ors.id)],
        open_to_public="on",
        free_of_charge="on",
        priority_neighbourhood="on",
        orienting_partner="Restos du Cœur",
    )
    answer = send(coordination, "new", **typed) if a_commune() else None
    made = Intervention.objects.get()
    assert answer.url == reverse("programme:intervention", args=[made.id])
    assert (made.partner.name, made.partner.kind) == ("CCAS de Peyrins", Organisation.Kind.PARTNER)
    assert (made.lead_house, list(made.houses.all())) == (ors, [accorderie])
    shown = page(coordination, "intervention", made.id)
    for said in (
        "L’été en bocaux 🍅",
        "jardin d&#x27;Élise",
        "En quartier prioritaire",
        "Restos du Cœur",
        "14\u00a0h",
    ):
        assert said.lower() in shown.lower()


def test_sent_twice_it_is_planned_once(coordination):
    a_commune()
    typed = new_form(partner="CCAS")
    send(coordination, "new", **typed), send(coordination, "new", **typed)
    assert Intervention.objects.count() == 1
    assert Organisation.objects.filter(kind=Organisation.Kind.PARTNER).count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "1917-11-07"}, "est trop loin"),
        ({"day": "31/02/2026"}, "31/02/2026"),
        ({"day": ""}, "obligatoire"),
        ({"held": "on"}, "pas encore eu lieu"),
        ({"starts_at": "17:00", "ends_at": "14:00"}, "La fin doit venir après le début"),
        ({"ends_at": "14:00"}, "Il manque l&#x27;heure de début"),
        ({"starts_at": "25:61"}, "25:61"),
        ({"commune": "Pyerins"}, "Pyerins"),
        ({"commune": ""}, "obligatoire"),
        ({"kind": "carnaval"}, "carnaval"),
        ({"site": "x" * 10_000}, "120"),
        ({"id": "not-a-uuid"}, "Rechargez-la"),
        ({"id": None}, "Rechargez-la"),
    ],
)
def test_a_refused_form_says_why_records_nothing_and_keeps_what_was_typed(coordination, typed, sentence):
    a_commune()
    answer = send(coordination, "new", **new_form(title="Soupe à l'oignon", partner="CCAS neuf", **typed))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in shown
    assert "Soupe à l&#x27;oignon" in shown
    assert not Intervention.objects.exists()
    assert not Organisation.objects.filter(name="CCAS neuf").exists()


def test_what_is_never_public_stays_so_whatever_is_ticked(coordination):
    a_commune()
    send(coordination, "new", **new_form(kind="rental", open_to_public="on"))
    assert not Intervention.objects.get().open_to_public


def test_a_correction_shows_in_the_history_with_its_reason(coordination):
    intervention = planned(title="Soupe", starts_at=None)
    typed = new_form(title="Velouté", open_to_public="on", free_of_charge="on", reason="mauvais titre")
    send(coordination, "correct", intervention.id, **typed)
    assert reverse("programme:history", args=[intervention.id]) in page(
        coordination, "intervention", intervention.id
    )
    shown = page(coordination, "history", intervention.id)
    assert "<del>Soupe</del> <ins>Velouté</ins>" in shown
    assert "mauvais titre" in shown
    assert "Nadia T. a corrigé l&#x27;intervention" in shown


def test_the_form_of_a_correction_shows_what_is_there(coordination):
    former = a_house("Maison fermée")
    intervention = planned(title="Soupe", lead_house=former)
    Organisation.objects.filter(pk=former.pk).update(active=False)
    shown = page(coordination, "correct", intervention.id)
    assert 'value="Soupe"' in shown
    assert f'<option value="{former.id}" selected>' in shown


def test_from_held_with_its_heads_to_reopened_to_cancelled(coordination):
    intervention = planned(day=YESTERDAY)
    assert "a-t-elle eu lieu" in page(coordination, "intervention", intervention.id)
    send(coordination, "hold", intervention.id, total="12", children="5")
    intervention.refresh_from_db()
    assert intervention.status == Status.DONE
    assert dict(Attendance.objects.values_list("band", "count")) == {"children": 5, "unknown": 7}
    send(coordination, "reopen", intervention.id)
    assert "motif" not in page(coordination, "cancel", intervention.id).lower()
    refused = send(coordination, "cancel", intervention.id, reason="")
    assert "obligatoire" in refused.content.decode()
    send(coordination, "cancel", intervention.id, reason="camion en panne")
    shown = page(coordination, "intervention", intervention.id)
    assert "camion en panne" in shown
    assert "annulée" in shown


def test_held_without_a_count_is_held_and_nobody_counted(coordination):
    intervention = planned(day=YESTERDAY)
    send(coordination, "hold", intervention.id)
    intervention.refresh_from_db()
    assert intervention.status == Status.DONE
    assert not Attendance.objects.exists()


def test_what_is_to_come_is_not_held_and_its_count_is_kept_on_the_form(coordination):
    intervention = planned()
    shown = send(coordination, "hold", intervention.id, total="12").content.decode()
    assert "est à venir" in shown
    assert 'value="12"' in shown


# --- What came of it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"total": "10 000"}, "au plus 2\u00a0000"),
        ({"total": "5", "children": "8"}, "plus d&#x27;enfants"),
        ({"children": "1500", "adults": "1500"}, "vérifiez"),
        ({"total": "-3"}, "-3"),
        ({"total": "douze"}, "douze"),
        ({"total": "12,5"}, "12,5"),
    ],
)
def test_heads_that_cannot_be_are_refused_kindly(coordination, typed, sentence):
    intervention = an_intervention()
    shown = send(coordination, "attendance", intervention.id, **typed).content.decode()
    assert sentence in shown
    assert not Attendance.objects.exists()


def test_a_count_is_shown_again_and_can_be_taken_away(coordination):
    intervention = an_intervention()
    send(coordination, "attendance", intervention.id, total="12", children="5")
    form = page(coordination, "attendance", intervention.id)
    assert 'value="12"' in form
    assert 'value="5"' in form
    send(coordination, "attendance", intervention.id, total="", children="")
    assert not Attendance.objects.exists()


def test_smileys_and_a_word_come_in_one_form_and_a_second_word_later(coordination):
    intervention, id = an_intervention(), new_id()
    for _twice in range(2):
        send(
            coordination,
            "evaluation",
            intervention.id,
            id=id,
            happy="7",
            unhappy="1",
            text="Trop bon 🥕",
            may_be_quoted="on",
        )
    send(
        coordination,
        "evaluation",
        intervention.id,
        id=new_id(),
        happy="8",
        neutral="0",
        unhappy="1",
        text="L'odeur !",
    )
    assert str(Evaluation.objects.get()) == "1/0/8"
    said = {("Trop bon 🥕", True), ("L'odeur !", False)}
    assert set(ResidentWord.objects.values_list("text", "may_be_quoted")) == said
    shown = page(coordination, "intervention", intervention.id)
    assert "peut être citée" in shown
    assert "ne pas citer" in shown


def test_an_empty_evaluation_is_refused(coordination):
    intervention = an_intervention()
    answer = send(coordination, "evaluation", intervention.id, id=new_id())
    assert "écrivez une parole" in answer.content.decode()


def test_a_word_is_corrected_taken_back_and_put_back(coordination):
    intervention = an_intervention()
    word = record_word(
        id=new_id(), intervention=intervention, text="Trop bon", may_be_quoted=False, by=a_person(), at=NOW
    )
    send(coordination, "word", word.id, text="Très bon", may_be_quoted="on")
    assert "Très bon" in page(coordination, "intervention", intervention.id)
    send(coordination, "withdraw_word", word.id)
    assert "<blockquote>" not in page(coordination, "intervention", intervention.id)
    assert "La remettre" in page(coordination, "word", word.id)
    send(coordination, "restore_word", word.id)
    assert "Très bon" in page(coordination, "intervention", intervention.id)


# --- Doors --------------------------------------------------------------------------------------


class TestWhoOpensWhat:
    @pytest.mark.parametrize(
        ("role", "agenda", "new", "hours"),
        [
            ("coordination", 200, 200, 200),
            ("director", 200, 403, 200),
            ("referent", 200, 200, 200),
            ("operator", 200, 403, 403),
            ("treasurer", 403, 403, 200),
            ("shop", 403, 403, 403),
            ("volunteer", 403, 403, 403),
            ("admin", 403, 403, 403),
        ],
    )
    def test_each_role_has_its_doors(self, role, agenda, new, hours):
        client = signed_in(somebody_who(role))
        doors = {"agenda": agenda, "new": new, "hours": hours, "mine": 200, "declare": 200}
        for name, expected in doors.items():
            assert client.get(reverse(f"programme:{name}")).status_code == expected, name

    def test_strangers_are_sent_to_the_door(self, client):
        assert client.get(reverse("programme:agenda")).status_code == 302
        assert client.get(reverse("programme:mine")).status_code == 302

    def test_a_referent_changes_what_her_structure_leads_or_shares_and_reads_the_rest(self):
        ors, accorderie = a_house(), a_house("Accorderie")
        client = signed_in(somebody_who("referent", house=ors))
        led, shared = an_intervention(lead_house=ors), an_intervention(houses=[ors])
        other = an_intervention(lead_house=accorderie)
        for intervention, expected in ((led, 200), (shared, 200), (other, 403)):
            assert client.get(reverse("programme:correct", args=[intervention.id])).status_code == expected
            assert client.get(reverse("programme:intervention", args=[intervention.id])).status_code == 200
        assert "Corriger" not in page(client, "intervention", other.id)

    def test_a_referent_finds_what_her_structure_leads_under_its_name(self):
        ors = a_house()
        client = signed_in(somebody_who("referent", house=ors))
        planned(title="La nôtre", lead_house=ors), planned(title="La leur", lead_house=a_house("Accorderie"))
        assert f'<a href="/agenda/?house={ors.id}">{ors.name}</a>' in page(client, "agenda")
        hers = page(client, "agenda", house=str(ors.id))
        assert "La nôtre" in hers
        assert "La leur" not in hers
        assert f'<a href="/agenda/?house={ors.id}" aria-current="page">' in hers

    def test_the_operator_notes_what_happens_and_plans_nothing(self):
        client = signed_in(somebody_who("operator"))
        intervention = an_intervention()
        assert client.get(reverse("programme:attendance", args=[intervention.id])).status_code == 200
        assert client.get(reverse("programme:cancel", args=[intervention.id])).status_code == 403

    def test_the_direction_reads_and_changes_nothing(self):
        client = signed_in(somebody_who("director"))
        intervention = an_intervention()
        shown = page(client, "intervention", intervention.id)
        assert "Corriger" not in shown
        assert "Noter des heures" not in shown
        assert send(client, "reopen", intervention.id).status_code == 403
