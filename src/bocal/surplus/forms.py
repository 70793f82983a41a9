"""What people type about surplus: an offer over the phone, an answer, a collection with its weighings, a correction."""

import copy
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from bocal.journal.models import Lot
from bocal.people.queries import producers
from bocal.programme.models import Intervention
from bocal.surplus.actions import CollectedLine, UnknownProducer
from bocal.surplus.models import Motive, Offer
from bocal.surplus.queries import known_products
from bocal.territory.models import Place
from bocal.toolbox.fields import DayField, KilosField, TimeField
from bocal.toolbox.forms import FilterForm, PeriodMixin, RecordForm, RowForm
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import at_hour, in_paris, paris_day, say_day_short
from bocal.toolbox.widgets import SuggestedInput

NATURES = [(nature.value, nature.label) for nature in Lot.Nature if nature != Lot.Nature.MADE]
STORING = (Place.Kind.TRUCK, Place.Kind.STORE, Place.Kind.SHELF, Place.Kind.SHOP)
USUAL_HOUR = time(8)
END_OF_OFFER = time(12)
AROUND_TODAY = timedelta(days=90)


class InterventionField(forms.ModelChoiceField):
    """An intervention near a day: what is planned or was held around it, the nearest days first."""

    def __init__(self, **options: Any) -> None:
        empty_label = options.pop("empty_label", gettext_lazy("aucune pour l'instant"))
        super().__init__(Intervention.objects.none(), required=False, empty_label=empty_label, **options)

    def offer_around(self, day: date, *, also: Intervention | None = None) -> None:
        """Offer the interventions of the season around that day, and the one already chosen."""
        near = Intervention.objects.filter(day__range=(day - AROUND_TODAY, day + AROUND_TODAY))
        found = near.exclude(status=Intervention.Status.CANCELLED)
        if also:
            found = found | Intervention.objects.filter(pk=also.pk)
        self.queryset = found.select_related("commune").order_by("-day", "code")

    def label_from_instance(self, intervention: Any) -> str:
        """ "jeu. 26 nov. · animation · Peyrins"."""
        what = intervention.title or intervention.get_kind_display()
        return f"{say_day_short(intervention.day, year=True)} · {what} · {intervention.commune.name}"


class ProducerForm(RecordForm):
    """Whose produce it is: a known name; the box to say that it is a new one appears when nobody knows it."""

    producer = forms.CharField(
        label=gettext_lazy("Chez qui"),
        max_length=120,
        widget=SuggestedInput(lambda: [producer.name for producer in producers()]),
    )
    new_producer = forms.BooleanField(
        label=gettext_lazy("C'est une nouvelle ferme : la créer"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "new_producer" not in self.data:
            del self.fields["new_producer"]

    def add_refusal(self, error: Refused) -> None:
        if isinstance(error, UnknownProducer):
            self.fields["new_producer"] = copy.deepcopy(self.base_fields["new_producer"])
        super().add_refusal(error)

    @property
    def is_new(self) -> bool:
        return bool(self.cleaned_data.get("new_producer"))


class OfferForm(ProducerForm):
    """An offer, as somebody tells it over the phone."""

    product = forms.CharField(
        label=gettext_lazy("Quoi"), max_length=80, widget=SuggestedInput(known_products)
    )
    grams = KilosField(label=gettext_lazy("Combien, à peu près"), min_value=1)
    nature = forms.ChoiceField(label=gettext_lazy("C'est"), choices=NATURES)
    motive = forms.ChoiceField(label=gettext_lazy("Pourquoi"), choices=Motive.choices)
    from_day = DayField(label=gettext_lazy("À prendre à partir du"), required=False)
    until_day = DayField(label=gettext_lazy("À prendre avant le"))
    until_hour = TimeField(
        label=gettext_lazy("à"), required=False, help_text=gettext_lazy("midi si vous ne dites rien")
    )
    note = forms.CharField(
        label=gettext_lazy("Remarque"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    layout = (
        (gettext_lazy("L'offre"), ("product", "grams", "nature", "motive")),
        (
            gettext_lazy("Qui et quand"),
            ("producer", "new_producer", "from_day", "until_day", "until_hour", "note"),
        ),
    )

    @property
    def facts(self) -> dict[str, Any]:
        """What the action asks, but the producer."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("product", "grams", "nature", "motive", "note")},
            "available_from": at_hour(said["from_day"], time.min) if said["from_day"] else None,
            "available_until": at_hour(said["until_day"], said["until_hour"] or END_OF_OFFER),
        }

    @staticmethod
    def of(offer: Offer) -> dict[str, Any]:
        """What the form shows of an offer that is corrected."""
        until = in_paris(offer.available_until)
        return {
            "id": offer.pk,
            "producer": offer.producer.name,
            "from_day": paris_day(offer.available_from) if offer.available_from else None,
            "until_day": until.date(),
            "until_hour": until.time().replace(second=0, microsecond=0),
            **{name: getattr(offer, name) for name in ("product", "grams", "nature", "motive", "note")},
        }


class AnswerForm(RecordForm):
    """Yes, for this intervention or for none yet; or no, with words."""

    answer = forms.CharField(
        label=gettext_lazy("Ce qu'on répond"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("À dire pour décliner ; un mot gentil pour accepter, si vous voulez."),
    )
    intervention = InterventionField(label=gettext_lazy("Pour quelle intervention"))

    def __init__(self, *args: Any, offer: Offer, **options: Any) -> None:
        super().__init__(*args, **options)
        interventions = self.fields["intervention"]
        if isinstance(interventions, InterventionField):
            interventions.offer_around(paris_day(offer.available_until), also=offer.intervention)


class CollectionForm(ProducerForm):
    """A collection: who, when, where it is kept, what for. Its weighings are lines beside it."""

    day = DayField(label=gettext_lazy("Le"))
    hour = TimeField(label=gettext_lazy("à"), required=False)
    place = forms.ModelChoiceField(Place.objects.none(), label=gettext_lazy("Gardé à"), empty_label=None)
    intervention = InterventionField(label=gettext_lazy("Pour quelle intervention"))
    layout = (
        (gettext_lazy("Où et quand"), ("producer", "new_producer", "day", "hour")),
        (gettext_lazy("Et ensuite"), ("place", "intervention")),
    )

    def __init__(self, *args: Any, offer: Offer | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        places = self.fields["place"]
        if isinstance(places, forms.ModelChoiceField):
            places.queryset = Place.objects.filter(kind__in=STORING, active=True, quarantine=False).order_by(
                "name", "id"
            )
        interventions = self.fields["intervention"]
        if isinstance(interventions, InterventionField):
            interventions.offer_around(timezone.localdate(), also=offer.intervention if offer else None)

    def collected_at(self, now: datetime) -> datetime:
        """The hour that was said; else now for today, and the usual hour for another day."""
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        if hour is None and day == paris_day(now):
            return now
        return at_hour(day, hour or USUAL_HOUR)


class LineForm(RowForm):
    """One weighing."""

    product = forms.CharField(
        label=gettext_lazy("Produit"), max_length=120, widget=SuggestedInput(known_products)
    )
    grams = KilosField(label=gettext_lazy("Poids"), min_value=1)
    nature = forms.ChoiceField(label=gettext_lazy("C'est"), choices=NATURES, initial=Lot.Nature.GIFT)
    motive = forms.ChoiceField(label=gettext_lazy("Pourquoi"), choices=Motive.choices, initial=Motive.SURPLUS)


def collected_lines(rows: list[dict[str, Any]]) -> Iterator[CollectedLine]:
    """The weighings of the lines that were filled."""
    for row in rows:
        yield CollectedLine(**{name: row[name] for name in ("product", "grams", "nature", "motive")})


class CorrectLineForm(RecordForm):
    """A weighing anew, and why."""

    grams = KilosField(label=gettext_lazy("Le bon poids"), min_value=1)
    reason = forms.CharField(label=gettext_lazy("Pourquoi cette correction"), max_length=300)


class ReasonForm(RecordForm):
    """Why something is taken back."""

    reason = forms.CharField(label=gettext_lazy("Pourquoi"), max_length=300)


class RelinkForm(RecordForm):
    """Which intervention a collection is for."""

    intervention = InterventionField(label=gettext_lazy("Pour quelle intervention"))

    def __init__(self, *args: Any, day: date, chosen: Intervention | None, **options: Any) -> None:
        super().__init__(*args, **options)
        interventions = self.fields["intervention"]
        if isinstance(interventions, InterventionField):
            interventions.offer_around(day, also=chosen)


class CollectionFilterForm(PeriodMixin, FilterForm):
    """Which collections to list."""

    text = forms.CharField(label=gettext_lazy("Produit, ferme ou n°"), max_length=60)
    nature = forms.ChoiceField(label=gettext_lazy("Nature"), choices=[("", gettext_lazy("toutes")), *NATURES])


class OfferFilterForm(FilterForm):
    """Which offers to list."""

    text = forms.CharField(label=gettext_lazy("Produit ou ferme"), max_length=60)
    status = forms.ChoiceField(
        label=gettext_lazy("État"), choices=[("", gettext_lazy("tous")), *Offer.Status.choices]
    )
