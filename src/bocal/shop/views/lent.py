"""What the shop lends to the pages of the apps below it."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from bocal.journal.models import Transaction
from bocal.programme.models import Intervention
from bocal.shop import queries
from bocal.shop.views import GIVERS
from bocal.toolbox.access import allowed
from bocal.toolbox.sections import LentSection


def jars_of(request: HttpRequest, intervention: Intervention) -> LentSection | None:
    """What became of the jars made there; nothing to show when none was kept."""
    fate = queries.fate_of_jars_made_in(intervention)
    if fate is None:
        return None
    most = max(fate.gone.values(), default=1)
    rows = [
        {
            "label": capfirst(Transaction.Kind(kind).label),
            "number": jars,
            "percent": 100 * jars // most,
            "url": "",
        }
        for kind, jars in sorted(fate.gone.items(), key=lambda each: -each[1])
    ]
    context = {
        "fate": fate,
        "rows": rows,
        "share_url": f"{reverse('shop:share')}?intervention={intervention.pk}"
        if allowed(request, *GIVERS) and fate.left > 0
        else "",
    }
    return {"template": "shop/lent_jars.html", "context": context}
