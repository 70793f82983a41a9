"""Addresses of the shop, and of the page that a voucher's QR code opens."""

from django.urls import path

from bocal.shop.views import exits, paper, sales, sharing, till, vouchers

app_name = "shop"

urlpatterns = [
    path("boutique/", till.home, name="home"),
    path("boutique/vendre/", till.sell, name="sell"),
    path("boutique/total/", till.reckon, name="reckon"),
    path("boutique/ventes/", sales.sales, name="sales"),
    path("boutique/ventes/<uuid:sale_id>/", sales.sale, name="sale"),
    path("boutique/ventes/<uuid:sale_id>/annuler/", sales.cancel, name="cancel_sale"),
    path("boutique/ventes/<uuid:sale_id>/corriger/", sales.correct, name="correct_sale"),
    path("boutique/partager/", sharing.share, name="share"),
    path("boutique/sorties/", exits.exits, name="exits"),
    path("boutique/sorties/<uuid:exit_id>/", exits.exit_page, name="exit"),
    path("boutique/sorties/<uuid:exit_id>/annuler/", exits.cancel, name="cancel_exit"),
    path("boutique/sorties/<uuid:exit_id>/corriger/", exits.correct, name="correct_exit"),
    path("boutique/bons/", vouchers.vouchers, name="vouchers"),
    path("boutique/bons/nouveaux/", vouchers.issue, name="issue"),
    path("boutique/bons/feuille/", paper.sheet, name="voucher_sheet"),
    path("boutique/bons/<uuid:voucher_id>/", vouchers.voucher, name="voucher"),
    path("boutique/bons/<uuid:voucher_id>/remettre/", vouchers.redeem, name="redeem_voucher"),
    path("boutique/bons/<uuid:voucher_id>/apporter/", vouchers.fetch, name="fetch_jars"),
    path("boutique/bons/<uuid:voucher_id>/annuler/", vouchers.cancel, name="cancel_voucher"),
    path("bon/<slug:code>/", paper.collect, name="collect"),
]
