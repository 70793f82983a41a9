"""Addresses of the kitchen and of the stock."""

from django.urls import path

from bocal.kitchen.views import batches, lots, recording, stock

app_name = "kitchen"

urlpatterns = [
    path("cuisine/", batches.home, name="home"),
    path("cuisine/fabrications/nouvelle/", recording.new_batch, name="new_batch"),
    path("cuisine/fabrications/<uuid:batch_id>/", batches.batch, name="batch"),
    path("cuisine/fabrications/<uuid:batch_id>/corriger/", batches.correct_batch, name="correct_batch"),
    path("cuisine/fabrications/<uuid:batch_id>/fiche/", batches.correct_sheet, name="correct_sheet"),
    path("cuisine/fabrications/<uuid:batch_id>/annuler/", batches.cancel_batch, name="cancel_batch"),
    path("cuisine/lots/<uuid:lot_id>/liberer/", lots.release, name="release"),
    path("cuisine/lots/<uuid:lot_id>/bloquer/", lots.block, name="block"),
    path("stock/", stock.stock, name="stock"),
    path("stock/lots/<uuid:lot_id>/", lots.lot, name="lot"),
    path("stock/lots/<uuid:lot_id>/deplacer/", lots.move, name="move"),
]
