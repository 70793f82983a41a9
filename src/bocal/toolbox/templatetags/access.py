"""`{% allowed "coordination" "operator" as may_write %}`: what a page shows to whom."""

from typing import Any

from django import template

from bocal.toolbox import access

register = template.Library()


@register.simple_tag(takes_context=True)
def allowed(context: dict[str, Any], *roles: str) -> bool:
    """Does the one who asks hold one of these roles?"""
    return access.allowed(context["request"], *roles)
