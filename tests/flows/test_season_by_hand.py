"""One whole loop by hand, in a real browser, on a phone: the figures move by exactly what was written down.

The coordinator plans a workshop and weighs a collection, the operator cooks, the coordinator releases, shares and
sells. Nobody types a figure; each is read on *Chiffres* before and after.
"""

import re
from collections import Counter

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from bocal.toolbox.times import paris_day
from tests.support.browser import PHONE
from tests.support.live import As

FIGURES = (
    "workshops", "participants", "communes_visited", "volunteer_hours", "trained_volunteers_involved", "kg_collected",
    "kg_transformed", "litres_of_soup", "jars_made", "euros", "minutes", "jars_in_stock",
)  # fmt: skip
CHANNELS = ("on_the_spot", "to_house", "breakage", "sale_euros", "sale_minutes")


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return {**browser_context_args, "viewport": PHONE}


def figures_on(page: Page) -> Counter[str]:
    """The figures of the year as the page shows them, in thousandths so that kilos and hours are whole."""
    today = paris_day(timezone.now())
    page.goto(f"/chiffres/?from={today.year}-01-01&to={today}")
    found: Counter[str] = Counter()
    for key in FIGURES:
        found[key] = thousandths(page.locator(f'main a[href^="/chiffres/{key}/"]').first.inner_text())
    for kind in CHANNELS:
        found[kind] = thousandths(page.locator(f'main a[href^="/chiffres/sorties/{kind}/"]').inner_text())
    return found


def thousandths(text: str) -> int:
    """« 1 900,5 kilos » is 1 900 500; « 14 h 30 » is 14 500."""
    if clock := re.match(r"([\d\u00a0]+)\u00a0h\u00a0(\d\d)", text):
        return int(clock[1].replace("\u00a0", "")) * 1000 + round(int(clock[2]) * 1000 / 60)
    number = re.match(r"-?[\d\u00a0]+(,\d+)?", text)
    assert number, text
    return round(float(number[0].replace("\u00a0", "").replace(",", ".")) * 1000)


def plan_a_workshop(page: Page) -> str:
    """A workshop held today in a commune nobody had visited; returns its address."""
    page.goto("/agenda/nouvelle/")
    page.fill("[name=title]", "Animation courgettes")
    page.fill("[name=day]", str(paris_day(timezone.now())))
    page.check("[name=held]")
    page.fill("[name=commune]", "Triors")
    page.select_option("[name=lead_house]", label="Maison de quartier des Ors")
    page.click("main form[method=post] button[type=submit]")
    expect(page.locator("h1")).to_contain_text("Animation courgettes")
    return page.url


def note_who_came(page: Page, workshop: str) -> None:
    page.goto(f"{workshop}presences/")
    page.fill("[name=total]", "12")
    page.fill("[name=children]", "4")
    page.get_by_role("button", name="Noter les présences").click()
    page.goto(f"{workshop}heures/")
    page.fill("[name=team-0-person]", "Colette P.")
    page.fill("[name=team-0-minutes]", "3 h 30")
    page.fill("[name=team-1-person]", "Claude E.")
    page.fill("[name=team-1-minutes]", "2")
    page.get_by_role("button", name="Noter les heures").click()
    expect(page.locator("main")).to_contain_text("Colette P.")


def weigh_a_collection(page: Page, workshop: str) -> None:
    page.goto(f"/surplus/collectes/nouvelle/?intervention={workshop.rstrip('/').rsplit('/', 1)[1]}")
    page.fill("[name=producer]", "Les Jardins de la Huppe")
    page.fill("[name=lines-0-product]", "courgette")
    page.fill("[name=lines-0-grams]", "17,5")
    page.fill("[name=lines-1-product]", "tomate")
    page.fill("[name=lines-1-grams]", "3")
    page.select_option("[name=lines-1-nature]", "purchase")
    page.get_by_role("button", name="Noter la collecte").dblclick()
    expect(page.locator("main")).to_contain_text("17,5")


def cook(page: Page, workshop: str) -> str:
    """All the courgettes and one kilo of tomatoes become ten jars and four litres; returns the batch's address."""
    page.goto(f"/cuisine/fabrications/nouvelle/?intervention={workshop.rstrip('/').rsplit('/', 1)[1]}")
    page.select_option("[name=recipe]", label="Chutney de courgette")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label(re.compile("^courgette")).first.fill("17,5")
    page.get_by_label(re.compile("^tomate ")).first.fill("1")
    page.get_by_role("button", name="Continuer").click()
    page.fill("[name^=jars_212]", "10")
    page.fill("[name=soup_ml]", "4")
    page.fill("[name=waste_grams]", "2,5")
    page.fill("[name=eaten_grams]", "1")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name=re.compile("Noter la fabrication|Enregistrer")).click()
    expect(page.locator("main")).to_contain_text("attendent en consigne")
    return page.url


def open_the_jars(page: Page, batch: str) -> None:
    page.goto(batch)
    page.locator('main a[href^="/stock/lots/"]', has_text="212").first.click()


def release(page: Page) -> None:
    page.get_by_role("link", name="Libérer le lot").click()
    page.fill("[name=reason]", "Pots contrôlés un par un, couvercles creux.")
    page.get_by_role("button", name="Libérer le lot").click()
    expect(page.locator("main")).to_contain_text("libéré")


def bring_to_the_shop(page: Page) -> None:
    page.get_by_role("link", name="Déplacer").click()
    page.select_option("[name=target]", label="P'tite Coopé")
    page.fill("[name=quantity]", "10")
    page.get_by_role("button", name="Déplacer").click()
    expect(page.locator("main")).to_contain_text("P'tite Coopé")


def take_out(page: Page, channel: str, jars: str) -> None:
    page.goto("/boutique/partager/")
    if page.locator('main a[href*="lieu="]', has_text="P'tite Coopé").count():
        page.locator('main a[href*="lieu="]', has_text="P'tite Coopé").click()
    row_of_the_chutney(page, "jars_").fill(jars)
    page.check(f"[name=channel][value={channel}]")
    page.get_by_role("button", name="Noter la sortie").click()
    expect(page.locator("main")).to_contain_text("P'tite Coopé")


def sell(page: Page, currency: str, jars: str, whole: str) -> None:
    page.goto(f"/boutique/?paiement={currency}")
    row_of_the_chutney(page, "jars_").fill(jars)
    page.fill("[name=whole]", whole)
    page.get_by_role("button", name="Encaisser").click()
    expect(page.locator("main")).to_contain_text("Chutney de courgette")


def row_of_the_chutney(page: Page, field: str):  # type: ignore[no-untyped-def]  # playwright's locator
    rows = page.locator(f"main [name^={field}]")
    chutney = page.locator("main fieldset, main tr, main li, main .line").filter(
        has_text="Chutney de courgette"
    )
    return chutney.locator(f"[name^={field}]").first if chutney.count() else rows.first


def test_figures_move_by_exactly_what_was_written_down(as_role: As) -> None:
    page = as_role("coordination")
    page.set_default_timeout(10_000)
    before = figures_on(page)
    workshop = plan_a_workshop(page)
    note_who_came(page, workshop)
    weigh_a_collection(page, workshop)
    batch = cook(as_role("operator"), workshop)
    page = as_role("coordination")
    open_the_jars(page, batch)
    release(page)
    bring_to_the_shop(page)
    take_out(page, "to_house", "2")
    take_out(page, "breakage", "1")
    sell(page, "EUR", "3", "10,50")
    sell(page, "MIN", "1", "30")
    after = figures_on(page)
    moved = {key: (after[key] - before[key]) / 1000 for key in after if after[key] != before[key]}
    assert moved == {
        "workshops": 1,
        "participants": 12,
        "communes_visited": 1,
        "volunteer_hours": 3.5,
        "kg_collected": 20.5,
        "kg_transformed": 18.5,
        "litres_of_soup": 4,
        "jars_made": 10,
        "jars_in_stock": 3,
        "to_house": 2,
        "breakage": 1,
        "sale_euros": 3,
        "sale_minutes": 1,
        "euros": 10.5,
        "minutes": 30,
    }
