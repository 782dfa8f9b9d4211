"""The client of Nexus: `Nexus(server).sign_in(…)`, then a method for each operation of the OpenAPI document."""

from .generated.api import Nexus
from .http import Problem

__all__ = ["Nexus", "Problem"]
