"""What is said of a service's life and its relations, and does not go together.

In: the result of `lifecycle` or `relations`. Out: mistakes with the lines of all that is involved. Refuses to know
what a single option may be: its type does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, TypeAlias

from ..language.errors import Mistake
from ..language.evaluation.history import places
from ..language.types.duration import spelled
from ..language.provenance import Place, is_ours
from ..language.words import show_path
from .mistakes.services import Contradiction

# Any: the class of the group imports this file
Lifecycle: TypeAlias = Any

_NEEDED_BY = {
    "forking": ("pid_file", 'Path("/run/NAME/NAME.pid")', "no manager would know its main process"),
    "dbus": ("bus_name", '"org.example.Name"', "nothing would say that it has started"),
}
"""Type -> the option that it needs, how that is written, and what would be without it."""


def of_type(lifecycle: Lifecycle) -> Iterator[Mistake]:
    """Options that a type needs, and options that mean nothing to it."""
    for type_, (name, example, without) in _NEEDED_BY.items():
        has_it = getattr(lifecycle, name) is not None
        if lifecycle.type == type_ and not has_it:
            why = f"is of type {type_} and has no {name}: {without}"
            yield _mistake(lifecycle, why, ["type"], f"write {name}={example} beside the type")
        elif has_it and lifecycle.type != type_:
            why = f"has a {name}, which means nothing to a service of type {lifecycle.type}"
            advice = f'write type="{type_}", or take {name} away'
            yield _mistake(lifecycle, why, [name, "type"], advice)


def of_restart(lifecycle: Lifecycle) -> Iterator[Mistake]:
    """Restarts without end or without a beginning."""
    if lifecycle.type == "oneshot" and lifecycle.restart == "always":
        why = "is a oneshot, which ends when it is done, and would be started again without end"
        advice = (
            'write restart="on-failure" or restart="no"; for a job now and then, use `schedule`'
        )
        yield _mistake(lifecycle, why, ["type", "restart"], advice)
    limit: Any = lifecycle.restart_limit
    if limit is None or limit == "unlimited" or lifecycle.restart == "no":
        return
    least: timedelta = limit.starts * lifecycle.restart_delay
    if least >= limit.within:
        why = (
            f"has a restart_limit that is never reached: {limit.starts} starts that are "
            f"{spelled(lifecycle.restart_delay)} apart take {spelled(least)}, and are counted "
            f"within {spelled(limit.within)}"
        )
        advice = 'count within a longer time, or write restart_limit="unlimited"'
        yield _mistake(lifecycle, why, ["restart_limit", "restart_delay"], advice)


def of_remaining(lifecycle: Lifecycle) -> Iterator[Mistake]:
    """Only what is meant to end can count as running after its end."""
    if lifecycle.remain_after_exit and lifecycle.type != "oneshot":
        why = f"counts as running after its end, and is of type {lifecycle.type}, which has none"
        advice = 'write type="oneshot" for a program that ends, or take remain_after_exit away'
        yield _mistake(lifecycle, why, ["remain_after_exit", "type"], advice)


def of_reload(lifecycle: Lifecycle) -> Iterator[Mistake]:
    """A type that is reloaded by a signal has no commands beside it."""
    if lifecycle.type != "notify-reload":
        return
    service = lifecycle.__node__.main()
    for name in ("reload_command", "before_reload"):
        if not getattr(service.process, name):
            continue
        names = ("lifecycle.type", f"process.{name}")
        said = [(name, _users(places(service, name))) for name in names]
        why = "is of type notify-reload, which is reloaded by a signal, and has a command for it"
        advice = f'write type="notify" to have the command run, or take {name} away'
        yield Contradiction(lifecycle.__node__.path, why, said, advice)


def of_watchdog(lifecycle: Lifecycle) -> Iterator[Mistake]:
    """Only who says that it is alive can be missed."""
    if lifecycle.watchdog is None:
        return
    service = lifecycle.__node__.main()
    speaks = lifecycle.type in _SPEAKING or service.notification_protocol.systemd
    if lifecycle.type == "oneshot":
        why = "has a watchdog, which watches what has started, and a oneshot has then ended"
        advice = "write a start_timeout, or take the watchdog away"
        yield _mistake(lifecycle, why, ["watchdog", "type"], advice)
    elif not speaks:
        why = "has a watchdog, and nothing says that its program tells that it is alive"
        advice = "write notification_protocol=NotificationProtocol(systemd=True) in the service"
        yield _mistake(lifecycle, why, ["watchdog"], advice)


_SPEAKING = ("notify", "notify-reload")
"""Types of which the program speaks systemd's protocol."""


def of_first_start(lifecycle: Lifecycle) -> Iterator[Mistake]:
    """What is to be done once needs a place to remember that it is done."""
    if not lifecycle.before_first_start:
        return
    state = lifecycle.__node__.main().directories.state
    if not state.enable:
        why = (
            "has before_first_start, and no state directory in which a marker could say that it "
            "has been done"
        )
        advice = "write directories=Directories(state=Directory()) in the service"
        yield _mistake(lifecycle, why, ["before_first_start"], advice)


# Any: the class of the group imports this file, and a reference is of no class that users see
def of_conflict(relations: Any, reference: Any) -> Iterator[Mistake]:
    """What is started with a service cannot be what never runs beside it."""
    service = relations.__node__.main()
    target, referred = reference.__reference_path__(), reference.__referred__()
    is_unit = hasattr(referred, "__reference_target__")
    name = referred.name if is_unit else show_path(target)
    for relation in _STARTING:
        if any(each.__reference_path__() == target for each in getattr(relations, relation)):
            both = (relation, "conflicts")
            said = [(each, _users(places(service, ("relations", each)))) for each in both]
            why = f"has `{name}` started with it, and does not run beside it"
            advice = f"take it out of {relation}, or out of conflicts"
            yield Contradiction((*service.__node__.path, "relations"), why, said, advice)


_STARTING = ("requires", "wants", "binds_to")
"""Relations whose services are started with the one that says so."""


def _mistake(lifecycle: Lifecycle, why: str, names: list[str], advice: str) -> Contradiction:
    """`names` are the options involved, of which those are shown that a user said."""
    said = [(name, _users(places(lifecycle, name))) for name in names]
    return Contradiction((*lifecycle.__node__.path, "lifecycle"), why, said, advice)


def _users(found: Iterable[Place]) -> list[Place]:
    return [place for place in found if not is_ours(place.locate().file)]
