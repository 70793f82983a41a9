"""Addresses of the surplus."""

from django.urls import path

from bocal.surplus.views import collections, offers

app_name = "surplus"

urlpatterns = [
    path("surplus/", collections.home, name="home"),
    path("surplus/offres/", offers.offers, name="offers"),
    path("surplus/offres/nouvelle/", offers.new_offer, name="new_offer"),
    path("surplus/offres/<uuid:offer_id>/", offers.offer, name="offer"),
    path("surplus/offres/<uuid:offer_id>/corriger/", offers.correct_offer, name="correct_offer"),
    path("surplus/offres/<uuid:offer_id>/repondre/", offers.answer_offer, name="answer_offer"),
    path("surplus/offres/<uuid:offer_id>/rouvrir/", offers.reopen_offer, name="reopen_offer"),
    path("surplus/collectes/nouvelle/", collections.new_collection, name="new_collection"),
    path("surplus/collectes/<uuid:collection_id>/", collections.collection, name="collection"),
    path(
        "surplus/collectes/<uuid:collection_id>/intervention/", collections.relink, name="relink_collection"
    ),
    path("surplus/pesees/<uuid:line_id>/corriger/", collections.correct_line, name="correct_line"),
    path("surplus/pesees/<uuid:line_id>/annuler/", collections.cancel_line, name="cancel_line"),
]
