"""*Chiffres* on screen: who may look, what the address may say, lists that add up, and what a page costs."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bocal.craft.figures import CHANNELS, DEFINITIONS, Period
from bocal.impact.queries import Scope, figures
from bocal.impact.registers import REGISTERS
from bocal.journal.models import Lot
from bocal.parameters.models import Setting
from bocal.parameters.queries import RECONSTRUCTED
from bocal.people.queries import system_person
from bocal.programme.actions import record_attendance
from bocal.programme.models import Intervention
from bocal.shop.actions import SaleLine
from bocal.territory.models import CommuneGroup
from tests.impact.reading import words_of
from tests.kitchen.factories import a_batch
from tests.people.factories import link_client, signed_in, somebody_who
from tests.programme.factories import NOW, a_commune, a_house, an_intervention, some_hours
from tests.shop.factories import a_sale, an_exit, free_jars
from tests.surplus.factories import a_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_evening")]

PAGES = ("figures", "months", "table")
NOVEMBER = {"from": "2026-11-01", "to": "2026-11-30"}


@pytest.fixture
def reader() -> Client:
    return signed_in(somebody_who("coordination", "Nadia T."))


def address(page: str, *args: str) -> str:
    return reverse(f"impact:{page}", args=args)


def shown(client: Client, page: str, *args: str, **query: str) -> str:
    response = client.get(address(page, *args), query or NOVEMBER)
    assert response.status_code == 200
    return words_of(response.content.decode())


def a_season() -> None:
    """One of everything that figures count."""
    house = a_house()
    workshop = an_intervention(lead_house=house, site="Place de la mairie")
    record_attendance(intervention=workshop, counts={"adults": 7, "children": 5}, by=system_person(), at=NOW)
    some_hours(intervention=workshop)
    lot = free_jars(20, intervention=workshop)
    an_exit(lot, 2)
    a_sale(SaleLine(lot, 3, 750))


# --- Doors ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["coordination", "director", "treasurer"])
def test_who_reads_the_figures(role: str) -> None:
    client = signed_in(somebody_who(role))
    for page in PAGES:
        assert client.get(address(page)).status_code == 200
    assert client.get(address("records", "workshops")).status_code == 200


@pytest.mark.parametrize("role", ["operator", "shop", "volunteer", "admin"])
def test_who_does_not(role: str) -> None:
    client = signed_in(somebody_who(role))
    for page in PAGES:
        assert client.get(address(page)).status_code == 403


def test_a_funder_reads_by_link_and_an_inspector_does_not() -> None:
    funder, inspector = link_client("funder", at=NOW), link_client("inspector", at=NOW)
    for page in PAGES:
        assert funder.get(address(page)).status_code == 200
        assert inspector.get(address(page)).status_code == 403


def test_only_the_coordination_rewrites_the_leaflet() -> None:
    for role, status in (("coordination", 200), ("director", 403), ("treasurer", 403)):
        assert signed_in(somebody_who(role)).get(address("texts")).status_code == status


def test_links_lead_only_where_the_reader_may_go() -> None:
    a_season()
    coordinator, funder = signed_in(somebody_who("coordination")), link_client("funder", at=NOW)
    opened = {
        "workshops": reverse("programme:intervention", args=[Intervention.objects.get().pk]),
        "jars_made": reverse("kitchen:lot", args=[Lot.objects.get(kind=Lot.Kind.JAR).pk]),
    }
    for key, record in opened.items():
        records = address("records", key)
        assert record in coordinator.get(records, NOVEMBER).content.decode()
        lent = funder.get(records, NOVEMBER)
        assert record not in lent.content.decode()
        assert words_of(lent.content.decode()).count("1 ligne") == 1


# --- What the address says ------------------------------------------------------------------------


def test_without_a_period_it_is_the_year_so_far(reader: Client) -> None:
    said = words_of(reader.get(address("figures")).content.decode())
    assert "du jeudi 1er janvier 2026 au jeudi 26 novembre 2026" in said


def test_a_period_turned_round_is_said_and_ignored(reader: Client) -> None:
    said = shown(reader, "figures", **{"from": "2026-11-30", "to": "2026-11-01"})
    assert "La période finit avant de commencer" in said
    assert "dimanche 1er novembre 2026" in said


@pytest.mark.parametrize(
    "junk",
    [
        {"from": "hier"},
        {"from": "2018-02-30"},
        {"to": "9999-12-31"},
        {"from": "0001-01-01"},
        {"from": "1917-11-07"},
        {"house": "x"},
        {"house": "00000000-0000-0000-0000-000000000000"},
        {"commune": "26' OR 1=1"},
        {"group": "🥕"},
        {"page": "-3"},
        {"format": "pdf"},
        {"house": "\x00"},
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_junk_in_the_address_gives_a_page(reader: Client, page: str, junk: dict[str, str]) -> None:
    assert reader.get(address(page), junk).status_code == 200


@pytest.mark.parametrize("key", ["", "nothing", "jars", "id", "__class__"])
def test_a_figure_that_does_not_exist_is_not_found(reader: Client, key: str) -> None:
    assert reader.get(f"/chiffres/{key}x/").status_code == 404
    assert reader.get(f"/chiffres/sorties/{key}x/").status_code == 404


def test_filters_narrow_and_the_tabs_keep_them(reader: Client) -> None:
    ors, other = a_house("Les Ors"), a_house("Accorderie")
    for house in (ors, ors, other):
        an_intervention(lead_house=house)
    said = reader.get(address("figures"), {**NOVEMBER, "house": str(ors.pk)}).content.decode()
    assert "2 animations" in words_of(said)
    assert f"house={ors.pk}" in said.split('class="tabs"')[1].split("</nav>")[0]


def test_a_group_and_a_commune_narrow_together(reader: Client) -> None:
    peyrins, genissieux = a_commune(), a_commune("Génissieux", "26139")
    for commune in (peyrins, peyrins, genissieux):
        an_intervention(commune=commune)
    group = CommuneGroup.objects.create(name="Le canton")
    group.communes.add(genissieux)
    of_group = {**NOVEMBER, "group": str(group.pk)}
    assert "1 animation " in shown(reader, "figures", **of_group)
    assert "1 animation " in shown(reader, "figures", **of_group, commune=genissieux.code)
    assert "0 animation " in shown(reader, "figures", **of_group, commune=peyrins.code)


# --- What it shows --------------------------------------------------------------------------------


def test_each_figure_opens_its_list_whose_head_says_the_same(reader: Client) -> None:
    a_season()
    page = reader.get(address("figures"), NOVEMBER).content.decode()
    for key in REGISTERS.keys() - {"jars_by_channel", "jars_in_stock"}:
        assert f'href="{address("records", key)}?from=2026-11-01' in page, key
    for kind in list(CHANNELS)[:7]:
        assert f'href="{address("channel", kind)}?' in page, kind
    assert "Animations : 1" in shown(reader, "records", "workshops")
    assert "Kilos récupérés : 40 kg" in shown(reader, "records", "kg_collected")
    assert "Ventes en euros : 7,50 €" in shown(reader, "records", "euros")
    assert "Vente en euros : 3" in shown(reader, "channel", "sale_euros")


def test_a_reconstructed_season_is_said_so_wherever_it_shows(reader: Client) -> None:
    Setting.objects.create(
        key=RECONSTRUCTED, since=NOW.date(), value={"from": "2017-07-01", "to": "2018-12-31"}, recorded_at=NOW
    )
    season = {"from": "2018-12-01", "to": "2019-01-31"}
    for page, args in (("figures", ()), ("table", ()), ("months", ()), ("records", ("jars_made",))):
        assert "reconstitué" in shown(reader, page, *args, **season), page
    assert "reconstitué" not in shown(reader, "figures")


def test_what_nobody_counted_is_a_dash(reader: Client) -> None:
    an_intervention()
    assert "– participants aux animations pas compté" in shown(reader, "figures")


def test_persons_are_pseudonyms_for_everyone(reader: Client) -> None:
    a_season()
    for key in ("volunteer_hours", "trained_volunteers_involved"):
        said = shown(reader, "records", key)
        assert "Aline" not in said
    assert "p-" in shown(reader, "records", "volunteer_hours")


@pytest.mark.parametrize("key", [key for key in REGISTERS if key != "jars_by_channel"])
def test_both_exports_add_up_to_the_figure(reader: Client, key: str) -> None:
    a_season()
    figure = figures(Scope(Period(date(2026, 11, 1), date(2026, 11, 30))))[key]
    said = DEFINITIONS[key].unit.for_people(figure)
    query = {**NOVEMBER, "format": "xlsx"}
    sheet = load_workbook(io.BytesIO(reader.get(address("records", key), query).content)).active
    assert sheet is not None
    last = [row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert sum(hours_or_number(cell) for cell in last) == pytest.approx(said)
    text = reader.get(address("records", key), {**NOVEMBER, "format": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    assert len(rows) == len(last)


def hours_or_number(cell: Any) -> float:
    """A duration stands in a sheet as a part of a day."""
    if hasattr(cell, "total_seconds"):
        return float(cell.total_seconds() / 3600)
    return float(cell)


def test_the_table_shows_a_shared_workshop_once(reader: Client) -> None:
    leading, sharing = a_house("Les Ors"), a_house("Accorderie")
    an_intervention(lead_house=leading, houses=[sharing])
    said = shown(reader, "table")
    assert "1 ligne" in said
    assert "Les Ors" in said.split("1 ligne")[1]


def test_the_months_are_there_even_when_nothing_happened(reader: Client) -> None:
    said = shown(reader, "months", **{"from": "2026-01-01", "to": "2026-12-31"})
    assert "12 lignes" in said
    assert "Année par année" in shown(reader, "months", **{"from": "2001-01-01", "to": "2026-12-31"})


def test_the_leaflet_is_a_file_named_after_its_period(reader: Client) -> None:
    free_jars(1)
    response = reader.get(address("leaflet"), NOVEMBER)
    assert response["Content-Type"] == "application/pdf"
    assert "plaquette-2026-11-01-2026-11-30.pdf" in response["Content-Disposition"]
    assert response.content.startswith(b"%PDF")


# --- The texts ------------------------------------------------------------------------------------


def typed(client: Client, **texts: str) -> dict[str, str]:
    form = client.get(address("texts")).context["form"]
    return {**{name: str(form[name].value() or "") for name in form.fields}, **texts}


def test_texts_are_rewritten_once_and_go_back_when_emptied(reader: Client) -> None:
    form = typed(reader, title="La conserverie des Ors")
    for said in ("1 texte enregistré.", "Rien n'a changé."):
        assert said in words_of(reader.post(address("texts"), form, follow=True).content.decode())
    assert typed(reader)["title"] == "La conserverie des Ors"
    reader.post(address("texts"), typed(reader, title=""))
    assert typed(reader)["title"] == "La conserverie mobile et solidaire"


def test_a_text_too_long_for_its_place_keeps_what_was_typed(reader: Client) -> None:
    five = "\n".join(f"Étape {n}" for n in range(5))
    said = reader.post(address("texts"), typed(reader, steps=five, title="x" * 61)).content.decode()
    assert "5 lignes : il y a de la place pour 4." in words_of(said)
    assert "Étape 4" in said
    assert "x" * 61 in said


# --- What a page costs ----------------------------------------------------------------------------


def queries_of(client: Client, page: str, *args: str, **query: str) -> int:
    client.get(address(page, *args), query)  # what is read once in a process is read
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address(page, *args), query).status_code == 200
    return len(captured)


def test_no_page_asks_more_than_fifteen_times(reader: Client) -> None:
    a_season()
    house, commune = a_house(), a_commune()
    group = CommuneGroup.objects.create(name="Le canton")
    group.communes.add(commune)
    narrowed = {**NOVEMBER, "house": str(house.pk), "commune": commune.code, "group": str(group.pk)}
    for page in PAGES:
        for query in (NOVEMBER, narrowed):
            assert queries_of(reader, page, **query) <= 15, (page, query)
    for key in REGISTERS:
        assert queries_of(reader, "records", key, **narrowed) <= 15, key


MANY: dict[str, Callable[[], Any]] = {
    "workshops": an_intervention,
    "volunteer_hours": lambda: some_hours(intervention=an_intervention(), minutes=20),
    "kg_collected": lambda: a_line(1_000),
    "jars_made": a_batch,
}


@pytest.mark.parametrize("key", MANY)
def test_a_list_of_many_rows_costs_what_one_row_costs(reader: Client, key: str) -> None:
    MANY[key]()
    one = queries_of(reader, "records", key, **NOVEMBER)
    for _time in range(30):  # more than the twenty-five of a page
        MANY[key]()
    assert queries_of(reader, "records", key, **NOVEMBER) == one


def test_more_interventions_communes_and_houses_cost_the_page_nothing(reader: Client) -> None:
    a_season()
    before = {page: queries_of(reader, page, **NOVEMBER) for page in PAGES}
    for number in range(30):
        an_intervention(
            commune=a_commune(f"Commune {number}", f"98{number:03}"), lead_house=a_house(f"Maison {number}")
        )
    assert {page: queries_of(reader, page, **NOVEMBER) for page in PAGES} == before
