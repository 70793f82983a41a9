"""What people type in the shop: a sale, an exit, a voucher, why something is taken back."""

from bocal.shop.forms.filters import ExitFilterForm, SaleFilterForm, VoucherFilterForm
from bocal.shop.forms.leaving import CorrectExitForm, ShareForm
from bocal.shop.forms.selling import CorrectSaleForm, MinutesField, SaleForm
from bocal.shop.forms.vouchers import FetchForm, IssueForm, ReasonForm

__all__ = [
    "CorrectExitForm",
    "CorrectSaleForm",
    "ExitFilterForm",
    "FetchForm",
    "IssueForm",
    "MinutesField",
    "ReasonForm",
    "SaleFilterForm",
    "SaleForm",
    "ShareForm",
    "VoucherFilterForm",
]
