"""Addresses of the ground: the settings screens, and the names offered while somebody types a commune."""

from django.urls import path

from bocal.territory import views

app_name = "territory"

urlpatterns = [
    path("territoire/communes", views.suggest, name="suggest"),
    path("reglages/communes/", views.communes, name="communes"),
    path("reglages/groupes/", views.groups, name="groups"),
    path("reglages/groupes/nouveau/", views.new_group, name="new_group"),
    path("reglages/groupes/<uuid:group_id>/", views.group, name="group"),
    path("reglages/groupes/<uuid:group_id>/nom/", views.change_group, name="change_group"),
    path("reglages/groupes/<uuid:group_id>/ajouter/", views.add_to_group, name="add_to_group"),
    path("reglages/groupes/<uuid:group_id>/retirer/", views.remove_from_group, name="remove_from_group"),
    path("reglages/lieux/", views.places, name="places"),
    path("reglages/lieux/nouveau/", views.new_place, name="new_place"),
    path("reglages/lieux/<uuid:place_id>/", views.place, name="place"),
    path("reglages/lieux/<uuid:place_id>/service/", views.place_service, name="place_service"),
]
