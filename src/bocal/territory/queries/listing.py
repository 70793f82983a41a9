"""The lists of the settings screens: communes, intercommunalités, groups and places."""

from django.db.models import Count, Q, QuerySet

from bocal.craft.communes import fold_name
from bocal.territory.models import Commune, CommuneGroup, Place

from .finding import NEARBY


def list_communes(
    *, name: str = "", epci: str = "", group: CommuneGroup | None = None, where: str = "territory"
) -> QuerySet[Commune]:
    """Communes by name, with their groups; `where` is "territory", "around" or "france"."""
    communes = Commune.objects.prefetch_related("groups").order_by("search_name", "code")
    if where == "territory":
        communes = communes.filter(in_territory=True)
    elif where == "around":
        communes = communes.filter(NEARBY)
    if folded := fold_name(name):
        communes = communes.filter(
            Q(search_name__contains=folded) | Q(postcodes__contains=folded) | Q(code=name.strip())
        )
    if epci:
        communes = communes.filter(epci_code=epci)
    return communes.filter(groups=group) if group else communes


def count_of_territory() -> int:
    return Commune.objects.filter(in_territory=True).count()


def epcis_around() -> list[tuple[str, str]]:
    """The intercommunalités of the territory and around it, by name: (code, name)."""
    pairs = (
        Commune.objects.filter(NEARBY).exclude(epci_code="").values_list("epci_code", "epci_name").distinct()
    )
    return sorted(pairs, key=lambda pair: fold_name(pair[1]))


def communes_of_epci(code: str) -> list[Commune]:
    return list(Commune.objects.filter(epci_code=code).order_by("search_name")) if code else []


def list_groups() -> QuerySet[CommuneGroup]:
    """Groups by name, each with its `size`."""
    return CommuneGroup.objects.annotate(size=Count("communes")).order_by("name")


def group_communes(group: CommuneGroup) -> list[Commune]:
    return list(group.communes.order_by("search_name", "code"))


def list_places(*, name: str = "", kind: str = "", in_service: bool | None = None) -> QuerySet[Place]:
    """Places by name, those in service first, each with its commune."""
    places = Place.objects.select_related("commune").order_by("-active", "name", "id")
    if folded := fold_name(name):
        places = places.filter(Q(search_name__contains=folded) | Q(commune__search_name__contains=folded))
    if kind:
        places = places.filter(kind=kind)
    return places if in_service is None else places.filter(active=in_service)


def places_in_service(*kinds: str) -> QuerySet[Place]:
    """Places one may choose today, of these kinds or of any."""
    places = list_places(in_service=True)
    return places.filter(kind__in=kinds) if kinds else places
