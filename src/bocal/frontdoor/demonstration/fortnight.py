"""The living fortnight: a week that was, a week that comes, offers waiting and jars on the shelves.

Days are counted in working days from today, so that nothing falls on a Sunday; nothing depends on anything
but the day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bocal.frontdoor.demonstration.cast import SHELF_OF_THE_FORTNIGHT, SHOP, Cast
from bocal.journal.models import Lot, Transaction
from bocal.kitchen.actions import block_lot, move_lot, record_batch, release_lot
from bocal.kitchen.models import Batch
from bocal.people.models import Organisation, Person, Role
from bocal.people.queries import find_organisation, find_person
from bocal.programme.actions import (
    plan_intervention,
    record_attendance,
    record_evaluation,
    record_hours,
    record_word,
    validate_hours,
)
from bocal.programme.models import Attendance, Hours, Intervention
from bocal.recipes.actions import find_or_write_recipe
from bocal.recipes.queries import current_version
from bocal.shop.actions import SaleLine, issue_voucher, record_exit, record_sale
from bocal.shop.models import Sale
from bocal.surplus.actions import CollectedLine, record_collection, record_offer
from bocal.surplus.models import Motive
from bocal.territory.queries import find_commune
from bocal.toolbox.ids import new_id
from bocal.toolbox.times import at_hour

Kind, Band, Nature = Intervention.Kind, Attendance.Band, Lot.Nature


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop that was: where, who came, what was cooked, what it gave."""

    days: int
    title: str
    commune: str
    site: str
    house: str
    counts: dict[str, int]
    smileys: tuple[int, int, int]
    word: str
    crew: tuple[tuple[str, int, str], ...]
    producer: str
    product: str
    grams: int
    nature: str
    recipe: str
    format_ml: int
    jars: int
    waste: int
    eaten: int


PAST = (
    Workshop(
        -8, "Animation chutney au marché", "Bourg-de-Péage", "place du marché", "Maison Citoyenne Noël Guichard",
        {Band.ADULTS: 11, Band.CHILDREN: 3}, (0, 1, 11), "Je ne savais pas qu'on pouvait le garder un an.",
        (("Karim E.", 210, Hours.Task.COOKING), ("Fatou T.", 240, Hours.Task.WORKSHOP)),
        "Maraîchage des Alluvions", "poire", 31_000, Nature.GIFT, "Chutney de poire", 212, 46, 5_500, 3_000,
    ),
    Workshop(
        -5, "Animation compote à l'école", "Génissieux", "école", "Maison de quartier des Ors",
        {Band.CHILDREN: 18, Band.ADULTS: 4}, (1, 2, 17), "On a épluché tous ensemble, même la maîtresse.",
        (("Violette Exemple", 195, Hours.Task.WORKSHOP), ("Colette P.", 180, Hours.Task.JARRING)),
        "Verger des Aubépines", "pomme", 42_000, Nature.GLEAN, "Compote de pomme", 385, 64, 7_200, 6_000,
    ),
    Workshop(
        -2, "Animation confiture, épicerie sociale", "Peyrins", "épicerie sociale", "Maison de quartier des Ors",
        {Band.ADULTS: 9, Band.SENIORS: 3}, (0, 0, 10), "",
        (("Violette Exemple", 165, Hours.Task.WORKSHOP), ("Idriss N.", 150, Hours.Task.COOKING)),
        "Les Jardins de la Huppe", "rhubarbe", 24_500, Nature.GIFT, "Confiture de rhubarbe", 324, 52, 3_100, 1_500,
    ),
)  # fmt: skip

ORS, SAINT_NICOLAS = "Maison de quartier des Ors", "Maison de quartier Saint-Nicolas"
GUICHARD, ACCORDERIE = "Maison Citoyenne Noël Guichard", "Accorderie"

COMING = (
    (1, Kind.WORKSHOP, "Animation soupe, salle des fêtes", "Peyrins", "salle des fêtes", ORS),
    (
        3,
        Kind.WORKSHOP,
        "Animation velouté, épicerie sociale",
        "Bourg-de-Péage",
        "épicerie sociale",
        ACCORDERIE,
    ),
    (5, Kind.PROCESSING, "Travail à façon : poires", "Saint-Donat-sur-l'Herbasse", "ferme", SAINT_NICOLAS),
    (7, Kind.MAINTENANCE, "Entretien du camion", "Romans-sur-Isère", "Garage municipal", SAINT_NICOLAS),
    (9, Kind.WORKSHOP, "Animation coulis au jardin partagé", "Valence", "jardin partagé", GUICHARD),
)

OFFERS = (
    (
        2,
        "Ferme des Quatre Saules",
        "courge",
        60_000,
        Nature.GIFT,
        Motive.UNDERSIZED,
        "butternut, à prendre avant midi",
    ),
    (4, "La Clé des Sillons", "poireau", 25_000, Nature.GIFT, Motive.SURPLUS, ""),
    (6, "Jardins de la Source", "pomme", 90_000, Nature.PURCHASE, Motive.DAMAGED, "0,40 € le kilo, tavelées"),
)


def record_fortnight(cast: Cast, *, today: date, at: datetime) -> None:
    """Record the week that was, the one that comes, and what waits."""
    batches = [_record_workshop(cast, workshop, today=today, at=at) for workshop in PAST]
    for place in COMING:
        _record_coming(cast, *place, today=today, at=at)
    for offer in OFFERS:
        _record_offer(cast, *offer, today=today, at=at)
    first, second, third = (Lot.objects.get(batch=batch.account, kind=Lot.Kind.JAR) for batch in batches)
    _release_and_share(cast, first, today=today, at=at)
    _block(cast, second, today=today, at=at)
    issue_voucher(
        id=new_id(), lot=third, jars=3, place=cast.places[SHELF_OF_THE_FORTNIGHT], holder="Zélie",
        by=cast.people[Role.Name.REFERENT], at=at,
    )  # fmt: skip


def working_day(today: date, count: int) -> date:
    """The day `count` working days after `today` (before it when negative)."""
    day, step = today, 1 if count > 0 else -1
    left = abs(count)
    while left:
        day += timedelta(days=step)
        if day.weekday() < 5:
            left -= 1
    return day


def _record_workshop(cast: Cast, workshop: Workshop, *, today: date, at: datetime) -> Batch:
    day = working_day(today, workshop.days)
    coordination = cast.people[Role.Name.COORDINATION]
    house = find_organisation(Organisation.Kind.HOUSE, workshop.house)
    intervention = plan_intervention(
        id=new_id(), kind=Kind.WORKSHOP, day=day, commune=find_commune(workshop.commune),
        status=Intervention.Status.DONE, title=workshop.title, starts_at=time(14), ends_at=time(17),
        site=workshop.site, lead_house=house, by=coordination, at=at,
    )  # fmt: skip
    record_attendance(intervention=intervention, counts=workshop.counts, by=coordination, at=at)
    unhappy, neutral, happy = workshop.smileys
    record_evaluation(
        intervention=intervention, unhappy=unhappy, neutral=neutral, happy=happy, by=coordination, at=at
    )
    if workshop.word:
        record_word(
            id=new_id(),
            intervention=intervention,
            text=workshop.word,
            may_be_quoted=True,
            by=coordination,
            at=at,
        )
    _record_crew(cast, workshop, intervention, today=today, at=at)
    return _record_cooking(cast, workshop, intervention, at=at)


def _record_crew(
    cast: Cast, workshop: Workshop, intervention: Intervention, *, today: date, at: datetime
) -> None:
    """Volunteers' hours (those of the last workshop wait to be confirmed), and the operator's paid ones."""
    referent = cast.people[Role.Name.REFERENT]
    for name, minutes, task in workshop.crew:
        hours = record_hours(
            id=new_id(), person=_person(name), intervention=intervention, minutes=minutes, task=task,
            nature=Hours.Nature.VOLUNTEER, by=referent, at=at,
        )  # fmt: skip
        if workshop.days < -2 and intervention.lead_house:
            validate_hours(hours=hours, house=intervention.lead_house, by=referent, at=at)
    record_hours(
        id=new_id(), person=cast.people[Role.Name.OPERATOR], intervention=intervention, minutes=420,
        task=Hours.Task.COOKING, nature=Hours.Nature.PAID, by=referent, at=at,
    )  # fmt: skip


def _record_cooking(cast: Cast, workshop: Workshop, intervention: Intervention, *, at: datetime) -> Batch:
    day, operator = intervention.day, cast.people[Role.Name.OPERATOR]
    collection = record_collection(
        id=new_id(), producer=_producer(workshop.producer), collected_at=at_hour(day, time(8)),
        place=cast.places["Camion"], intervention=intervention,
        lines=[CollectedLine(product=workshop.product, grams=workshop.grams + 2_000, nature=workshop.nature)],
        by=operator, at=at,
    )  # fmt: skip
    lot = collection.lines.get().lot
    recipe = find_or_write_recipe(workshop.recipe, by=operator, at=at)
    return record_batch(
        id=new_id(), intervention=intervention, recipe_version=current_version(recipe), operator=operator,
        made_at=at_hour(day, time(15)), inputs=[(lot, workshop.grams)],
        jars=[(workshop.format_ml, workshop.jars, 1)], waste_grams=workshop.waste, eaten_grams=workshop.eaten,
        kept_at=cast.places["Consigne du camion"], by=operator, at=at,
    )  # fmt: skip


def _record_coming(
    cast: Cast,
    days: int,
    kind: str,
    title: str,
    commune: str,
    site: str,
    house: str,
    *,
    today: date,
    at: datetime,
) -> None:
    plan_intervention(
        id=new_id(), kind=kind, day=working_day(today, days), commune=find_commune(commune), title=title, site=site,
        starts_at=time(9), ends_at=time(13), lead_house=find_organisation(Organisation.Kind.HOUSE, house),
        by=cast.people[Role.Name.COORDINATION], at=at,
    )  # fmt: skip


def _record_offer(
    cast: Cast, days: int, producer: str, product: str, grams: int, nature: str, motive: str, note: str, *,
    today: date, at: datetime,
) -> None:  # fmt: skip
    record_offer(
        id=new_id(), producer=_producer(producer), product=product, grams=grams, nature=nature, motive=motive,
        available_until=at_hour(working_day(today, days), time(12)), note=note,
        by=cast.people[Role.Name.COORDINATION], at=at,
    )  # fmt: skip


def _release_and_share(cast: Cast, lot: Lot, *, today: date, at: datetime) -> None:
    """A lot whose release was decided: some jars on a shelf and in the shop, some shared, some sold."""
    coordination = cast.people[Role.Name.COORDINATION]
    yesterday = working_day(today, -1)
    release_lot(
        id=new_id(), lot=lot, by=coordination, decided_at=at_hour(yesterday, time(9)), at=at,
        reason="Pots contrôlés un par un : couvercles creux, pas de fuite, barème noté au carnet.",
    )  # fmt: skip
    consigne, camion = cast.places["Consigne du camion"], cast.places["Camion"]
    shelf, shop = cast.places[SHELF_OF_THE_FORTNIGHT], cast.places[SHOP]
    for target, jars in ((shelf, 12), (shop, 20), (camion, 10)):
        move_lot(
            id=new_id(), lot=lot, quantity=jars, source=consigne, target=target,
            happened_at=at_hour(yesterday, time(10)), by=coordination, at=at,
        )  # fmt: skip
    record_exit(
        id=new_id(), lot=lot, jars=4, channel=Transaction.Kind.TO_PRODUCER, source=camion,
        organisation=_producer(PAST[0].producer), happened_at=at_hour(yesterday, time(16)), by=coordination, at=at,
    )  # fmt: skip
    seller = cast.people[Role.Name.SHOP]
    for currency, jars, amount in ((Sale.Currency.EUROS, 3, 1_050), (Sale.Currency.MINUTES, 2, 60)):
        record_sale(
            id=new_id(), lines=[SaleLine(lot, jars, amount)], currency=currency, place=shop,
            sold_at=at_hour(yesterday, time(17)), by=seller, at=at,
        )  # fmt: skip


def _block(cast: Cast, lot: Lot, *, today: date, at: datetime) -> None:
    block_lot(
        id=new_id(), lot=lot, by=cast.people[Role.Name.OPERATOR], decided_at=at_hour(working_day(today, -3), time(9)),
        at=at, reason="Trois couvercles bombés au contrôle du lendemain : lot mis de côté, à décider.",
    )  # fmt: skip


def _producer(name: str) -> Organisation:
    found = find_organisation(Organisation.Kind.PRODUCER, name)
    if found is None:
        raise LookupError(name)
    return found


def _person(name: str) -> Person:
    found = find_person(name)
    if found is None:
        raise LookupError(name)
    return found
