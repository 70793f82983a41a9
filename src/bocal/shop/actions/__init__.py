"""Writes of the shop: exits of jars, sales, vouchers."""

from bocal.shop.actions.exits import (
    UnableToCancelExit,
    UnableToTakeOut,
    cancel_exit,
    record_breakage,
    record_destruction,
    record_sample,
    share_jars,
)
from bocal.shop.actions.sales import SaleLine, UnableToSell, record_sale
from bocal.shop.actions.vouchers import (
    UnableToIssueVoucher,
    UnableToRedeemVoucher,
    cancel_voucher,
    issue_voucher,
    redeem_voucher,
)

__all__ = [
    "SaleLine",
    "UnableToCancelExit",
    "UnableToIssueVoucher",
    "UnableToRedeemVoucher",
    "UnableToSell",
    "UnableToTakeOut",
    "cancel_exit",
    "cancel_voucher",
    "issue_voucher",
    "record_breakage",
    "record_destruction",
    "record_sale",
    "record_sample",
    "redeem_voucher",
    "share_jars",
]
