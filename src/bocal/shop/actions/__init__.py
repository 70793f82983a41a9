"""Every write of the shop: exits of jars, sales, vouchers."""

from bocal.shop.actions.exits import (
    CHANNELS,
    SINKS,
    UnableToCancelExit,
    UnableToTakeOut,
    cancel_exit,
    correct_exit,
    record_exit,
)
from bocal.shop.actions.sales import (
    SaleLine,
    UnableToCancelSale,
    UnableToSell,
    cancel_sale,
    correct_sale,
    record_sale,
)
from bocal.shop.actions.vouchers import (
    UnableToCancelVoucher,
    UnableToIssueVoucher,
    UnableToRedeemVoucher,
    cancel_voucher,
    issue_voucher,
    redeem_voucher,
)

__all__ = [
    "CHANNELS",
    "SINKS",
    "SaleLine",
    "UnableToCancelExit",
    "UnableToCancelSale",
    "UnableToCancelVoucher",
    "UnableToIssueVoucher",
    "UnableToRedeemVoucher",
    "UnableToSell",
    "UnableToTakeOut",
    "cancel_exit",
    "cancel_sale",
    "cancel_voucher",
    "correct_exit",
    "correct_sale",
    "issue_voucher",
    "record_exit",
    "record_sale",
    "redeem_voucher",
]
