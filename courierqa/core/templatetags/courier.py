"""Template words: times, money, shares, masks, icons."""

from django import template

register = template.Library()
