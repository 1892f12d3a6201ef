"""Refusals of this room."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput


class PolicyNotFound(DomainError):
    """No policy has this code."""

    code = "sla-policy-not-found"
    status = 404
    zh = "没有时限政策「{policy}」。请从时限政策列表里选。"
    en = "There is no time limit policy “{policy}”. Choose one from the list."


class AllowanceInvalid(InvalidInput):
    """An allowance must be given either as elapsed seconds or as working days, and be positive."""

    code = "sla-allowance-invalid"
    field = "allowance"
    zh = "时限要么填小时数，要么填工作日数，并且大于零。"
    en = "Give the limit either in hours or in working days, above zero."
