"""*Chiffres*: the figures of a period, the records behind each, the table by structure, the leaflet."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from bocal.craft.figures import CHANNELS, DEFINITIONS, Figures, Unit
from bocal.craft.measures import NBSP, format_number
from bocal.impact import actions
from bocal.impact.forms import ScopeForm, TextsForm
from bocal.impact.leaflet.content import RECONSTRUCTED_SAID, current_texts
from bocal.impact.leaflet.printing import leaflet_pdf
from bocal.impact.presentation import number_and_label, written
from bocal.impact.queries import (
    Choices,
    CrossRow,
    Slice,
    by_years,
    choices,
    cross_table,
    figures,
    records,
    through_time,
)
from bocal.impact.queries.tables import COUNTED
from bocal.impact.registers import KINDS, REGISTERS, Register, channel_register
from bocal.journal.models import Lot
from bocal.people.roles import COORDINATION, DIRECTOR, FUNDER, TREASURER
from bocal.toolbox.access import allow, allowed
from bocal.toolbox.exports import download
from bocal.toolbox.lists import Column, respond_with_list
from bocal.toolbox.times import say_period

READERS = (COORDINATION, DIRECTOR, TREASURER, FUNDER)

SECTIONS = (
    (__("Animations et habitants"), ("workshops", "participants", "communes_visited", "workshops_cancelled")),
    (__("Bénévoles"), ("volunteer_hours", "trained_volunteers_involved")),
    (__("Des champs à la cuisine"), ("kg_collected", "kg_transformed", "litres_of_soup", "jars_made")),
    (__("Ventes"), ("euros", "minutes")),
    (__("Prestations"), ("services_done", "kg_facon", "jars_facon")),
)


@allow(*READERS)
def key_figures(request: HttpRequest) -> HttpResponse:
    """Every key figure of a period, each with its definition and a way to its records."""
    offered = choices()
    form = _form(request, offered)
    reckoned = figures(form.scope)
    return render(
        request,
        "impact/figures.html",
        {
            **_around(request, form),
            "filters": form,
            "periods": _periods(request, form, offered.first_day),
            "sections": [
                {"title": title, "figures": [_shown(request, key, reckoned) for key in keys]}
                for title, keys in SECTIONS
            ],
            "channels": _channels(request, reckoned),
            "channels_caption": _("Ce que sont devenus les pots faits dans la période"),
            "channels_definition": _(DEFINITIONS["jars_by_channel"].definition),
            "reconstructed": RECONSTRUCTED_SAID if records.reconstructed(form.scope) else "",
            "natures": _natures(reckoned),
            "leaflet_url": _with_filters(request, "impact:leaflet"),
            "table_url": _with_filters(request, "impact:table"),
            "months_url": _with_filters(request, "impact:months"),
            "may_write_texts": allowed(request, COORDINATION),
        },
    )


@allow(*READERS)
def figure_records(request: HttpRequest, key: str) -> HttpResponse:
    """The records that make one figure."""
    if key not in REGISTERS:
        raise Http404
    return _records(request, key, REGISTERS[key], DEFINITIONS[key].label)


@allow(*READERS)
def channel_records(request: HttpRequest, kind: str) -> HttpResponse:
    """The exits of one channel."""
    if kind not in CHANNELS:
        raise Http404
    return _records(request, "jars_by_channel", channel_register(kind), CHANNELS[kind])


@allow(*READERS)
def table(request: HttpRequest) -> HttpResponse:
    """Figures by structure, commune and public."""
    form = _form(request)
    return respond_with_list(
        request,
        template="impact/table.html",
        rows=cross_table(form.scope),
        columns=_TABLE,
        title=_("Par structure, commune et public"),
        filename=_filename("chiffres-par-structure", form),
        filters=form,
        empty=_empty(),
        context=_around(request, form),
    )


@allow(*READERS)
def months(request: HttpRequest) -> HttpResponse:
    """The rhythm of a period: its figures month by month, or year by year when it is long."""
    form = _form(request)
    slices = through_time(form.scope)
    yearly = by_years(form.period)
    return respond_with_list(
        request,
        template="impact/months.html",
        rows=slices,
        columns=(Column(_("année") if yearly else _("mois"), _slice_name), *_COUNTS),
        title=_("Année par année") if yearly else _("Mois par mois"),
        filename=_filename("chiffres-par-annee" if yearly else "chiffres-par-mois", form),
        filters=form,
        empty=_empty(),
        context={
            "pictures": [_picture(key, slices) for key in ("workshops", "kg_transformed")],
            "slice_head": _("Année") if yearly else _("Mois"),
            **_around(request, form),
        },
    )


@allow(*READERS)
def leaflet(request: HttpRequest) -> HttpResponse:
    """The leaflet of the period as a PDF."""
    form = _form(request)
    pdf = leaflet_pdf(form.scope, reconstructed=records.reconstructed(form.scope))
    return download(pdf, filename=f"{_filename('plaquette', form)}.pdf", media_type="application/pdf")


@allow(COORDINATION)
def texts(request: HttpRequest) -> HttpResponse:
    """The texts of the leaflet, to rewrite."""
    form = TextsForm(request.POST or None, initial=current_texts())
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        written_texts = actions.write_texts(
            id=values.pop("id"),
            texts=values,
            by=request.person,  # type: ignore[attr-defined]
            at=timezone.now(),
        )
        _say_written(request, len(written_texts))
        return redirect("impact:texts")
    return render(request, "impact/texts.html", {"form": form, "back_url": reverse("impact:figures")})


def _form(request: HttpRequest, offered: Choices | None = None) -> ScopeForm:
    return ScopeForm(request.GET, today=timezone.localdate(), choices=offered or choices())


def _records(request: HttpRequest, key: str, register: Register, label: str) -> HttpResponse:
    form = _form(request)
    definition = DEFINITIONS[key]
    return respond_with_list(
        request,
        template="impact/records.html",
        rows=register.rows(form.scope),
        columns=register.columns_for(request),
        title=_(label),
        filename=_filename(key, form),
        filters=form,
        empty=_empty(),
        context={
            "definition": _(definition.definition),
            "dated_by": _(definition.dated_by),
            "total": written(key, register.total(form.scope)),
            **_around(request, form),
        },
    )


def _around(request: HttpRequest, form: ScopeForm) -> dict[str, Any]:
    """What every page of figures says: the days, and the way back to all the figures."""
    return {
        "period": say_period(form.period.first, form.period.last),
        "back_url": _with_filters(request, "impact:figures"),
    }


def _shown(request: HttpRequest, key: str, reckoned: Figures) -> dict[str, Any]:
    definition = DEFINITIONS[key]
    number, label = number_and_label(key, reckoned[key]) if key in reckoned else ("", _(definition.label))
    return {
        "key": key,
        "number": number,
        "label": label,
        "definition": _(definition.definition),
        "dated_by": _(definition.dated_by),
        "url": _with_filters(request, "impact:records", key),
    }


def _channels(request: HttpRequest, reckoned: Figures) -> list[dict[str, Any]]:
    rows = [
        (_(CHANNELS[kind]), jars, _with_filters(request, "impact:channel", kind))
        for kind, jars in reckoned.jars_by_channel.items()
    ]
    rows.append(
        (_("en stock"), reckoned["jars_in_stock"], _with_filters(request, "impact:records", "jars_in_stock"))
    )
    most = max(1, *(jars for _label, jars, _url in rows))
    return [
        {
            "label": label,
            "number": format_number(jars),
            "url": url,
            "percent": max(0, round(100 * jars / most)),
        }
        for label, jars, url in rows
    ]


def _natures(reckoned: Figures) -> list[dict[str, Any]]:
    natures = [
        nature
        for nature in Lot.Nature.values
        if nature in {*reckoned.grams_collected, *reckoned.grams_transformed}
    ]
    return [
        {
            "label": Lot.Nature(nature).label,
            "collected": written("kg_collected", reckoned.grams_collected.get(nature, 0)),
            "transformed": written("kg_transformed", reckoned.grams_transformed.get(nature, 0)),
        }
        for nature in natures
    ]


def _periods(request: HttpRequest, form: ScopeForm, first_day: date | None) -> list[dict[str, Any]]:
    """Periods one click away, under the same filters: this year, last year, everything."""
    today = form.today
    earliest = first_day or today
    periods = [
        (_("Cette année"), today.replace(month=1, day=1), today),
        (
            _("L'an dernier"),
            today.replace(year=today.year - 1, month=1, day=1),
            today.replace(year=today.year - 1, month=12, day=31),
        ),
        (_("Depuis le début"), earliest, max(today, earliest)),
    ]
    return [
        {
            "label": label,
            "url": _with_filters(
                request, "impact:figures", **{"from": f"{first:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}"}
            ),
            "current": (first, last) == (form.period.first, form.period.last),
        }
        for label, first, last in periods
    ]


def _with_filters(request: HttpRequest, name: str, *args: str, **changes: str) -> str:
    query = request.GET.copy()
    for passing in ("page", "format"):
        query.pop(passing, None)
    for filter, value in changes.items():
        query[filter] = value
    address = reverse(name, args=args)
    return f"{address}?{query.urlencode()}" if query else address


def _filename(name: str, form: ScopeForm) -> str:
    return f"{name.replace('_', '-')}-{form.period.first:%Y-%m-%d}-{form.period.last:%Y-%m-%d}"


def _empty() -> dict[str, Any]:
    return {
        "title": _("Rien dans cette période"),
        "sentence": _("Choisissez d'autres jours, ou enlevez un filtre."),
    }


def _say_written(request: HttpRequest, count: int) -> None:
    if count:
        said = ngettext("%(n)d texte enregistré.", "%(n)d textes enregistrés.", count) % {"n": count}
        messages.success(request, said)
    else:
        messages.info(request, _("Rien n'a changé."))


def _public(row: CrossRow) -> str:
    words = [
        _("quartier prioritaire") if row.cell.priority_neighbourhood else "",
        {True: _("gratuit"), False: _("payant"), None: ""}[row.cell.free_of_charge],
    ]
    return ", ".join(word for word in words if word)


# The heads of tables and pictures, where a whole label has no room.
_SHORT = {
    "workshops": __("animations"),
    "participants": __("participants"),
    "volunteer_hours": __("heures bénévoles"),
    "kg_transformed": __("kilos transformés"),
    "jars_made": __("pots"),
}


def _count(key: str) -> Column:
    return Column(_SHORT[key], lambda row: row.quantities[key], kind=KINDS[DEFINITIONS[key].unit])


_COUNTS = tuple(_count(key) for key in COUNTED)
_TABLE = (
    Column(__("structure"), lambda row: row.cell.house_name or _("hors intervention")),
    Column(__("commune"), lambda row: row.cell.commune_name),
    Column(__("public"), _public),
    *_COUNTS,
)


def _slice_name(part: Slice) -> str:
    """ "novembre 2018", or "2018"; what the period cuts short is a slice all the same."""
    first, last = part.period.first, part.period.last
    month = f"{MONTHS[first.month]}{NBSP}{first.year}"
    return month if first.month == last.month else str(first.year)


_UNIT_SAID = {Unit.COUNT: __("Nombre"), Unit.KILOS: __("Poids")}


def _picture(key: str, slices: list[Slice]) -> dict[str, Any]:
    most = max((part.quantities[key] for part in slices), default=0) or 1
    return {
        "title": _SHORT[key],
        "unit": _UNIT_SAID[DEFINITIONS[key].unit],
        "rows": [
            {
                "label": _slice_name(part),
                "number": written(key, part.quantities[key]),
                "percent": part.quantities[key] * 100 // most,
                "url": "",
            }
            for part in slices
        ],
    }
