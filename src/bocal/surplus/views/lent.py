"""What the surplus shows on the page of an intervention: the collections made for it, and the offers it took."""

from django.http import HttpRequest
from django.urls import reverse

from bocal.programme.models import Intervention
from bocal.surplus import queries
from bocal.surplus.models import Offer
from bocal.surplus.views import READERS, WRITERS
from bocal.toolbox.access import allowed
from bocal.toolbox.sections import LentSection

MOST_ROWS = 12


def collections_for(request: HttpRequest, intervention: Intervention) -> LentSection | None:
    """A card with what was collected, and how to note another collection for it."""
    if not allowed(request, *READERS):
        return None
    found = list(queries.collections(intervention=intervention)[:MOST_ROWS])
    coming = intervention.offers.filter(status=Offer.Status.ACCEPTED).select_related("producer")
    new_url = f"{reverse('surplus:new_collection')}?intervention={intervention.pk}"
    context = {
        "collections": found,
        "offers": coming,
        "new_url": new_url if allowed(request, *WRITERS) else "",
    }
    return {"template": "surplus/lent_collections.html", "context": context}
