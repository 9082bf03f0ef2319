"""How supervisor starts a service.

In: the result of a service. Out: what its `lifecycle.type` comes to. Refuses to judge.
"""

from __future__ import annotations

from ...language.evaluation.history import option_facts
from ...language.properties import DEFAULT
from ...services.service import Service


def started_as(service: Service) -> str:
    """The type that supervisor is asked for.

    A service that is of type notify only because nobody said otherwise, since its program can
    speak the protocol, is simple here: supervisor gives it no socket to speak to.
    """
    type_: str = service.lifecycle.type
    return "simple" if type_ == "notify" and not is_insisted(service, "lifecycle.type") else type_


def is_insisted(service: Service, path: str) -> bool:
    """Is an option defined more strongly than by a default?"""
    return option_facts(service, path).priority < DEFAULT
