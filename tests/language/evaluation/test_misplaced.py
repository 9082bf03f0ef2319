"""Groups that are imported as if they were modules."""

from __future__ import annotations

from typing import Any

from modsvc_dsl import (
    Host,
    Module,
    Network,
    Process,
    Service,
    Systemd,
    Unit,
    check,
    evaluate,
    imports,
    option,
    tcp,
)
from modsvc_dsl.services.groups.hardening import Hardening

from tests.language.mistakes import mistake_of


def told(make: Any) -> tuple[str, list[str]]:
    """The message of the one mistake, and the labels of its places."""
    mistake = mistake_of(make)
    return str(mistake), [label for label, _ in mistake.report().places]


def test_an_instance_of_a_group_among_imports() -> None:
    """One mistake instead of one for each option that is there twice, at the import's line."""
    process = Process(argv=["/usr/bin/true"])
    group: Any = Hardening  # which checkers refuse among imports

    def web() -> Any:
        service = Service(process=process, imports=[group(home="visible")])
        return check(evaluate(Host(services={"web": service})))

    text, labels = told(web)
    assert text.startswith(
        "Hardening is the group `services.web.hardening`, and no module to be imported\n"
    )
    assert labels == ["imported"]
    assert 'imports=[group(home="visible")]' in text
    assert text.endswith(
        "write hardening=Hardening(...) where the Service is written, not in its imports"
    )


def test_a_group_that_another_module_brings() -> None:
    """It is written below the class that declares it: the service's own has no such keyword."""
    group: Any = Systemd  # which checkers refuse among imports
    process = Process(argv=["/usr/bin/true"])

    def web() -> Any:
        service = Service(process=process, imports=[group(service=Unit())])
        return check(evaluate(Host(services={"web": service})))

    text, _ = told(web)
    assert text.endswith("write SystemdService(systemd=Systemd(...)) in its place")


def test_the_class_of_a_group_among_imports() -> None:
    """Whatever the module and the group are."""

    class Limits(Module):
        files: int = option(default=1)

    class App(Module):
        files: int = option(default=2)
        limits: Limits = option()

    @imports(Limits)
    class Own(App):
        pass

    text, labels = told(lambda: evaluate(Own()).files)
    assert text.startswith("Limits is the group `limits`, and no module to be imported\n")
    assert labels == ["imported"] and "class Own(App)" in text


def test_a_group_whose_options_clash_with_none() -> None:
    """It would say nothing to anybody."""
    group: Any = Network
    process = Process(argv=["/usr/bin/true"])

    def web() -> Any:
        service = Service(process=process, imports=[group(ports={"http": tcp(80)})])
        return check(evaluate(Host(services={"web": service})))

    text, labels = told(web)
    assert text.startswith("Network is the group `services.web.network`, and no module to be")
    assert labels == ["imported"] and 'imports=[group(ports={"http": tcp(80)})]' in text


def test_a_module_without_a_kind_may_be_both() -> None:
    """Its options are known at both places."""

    class Limits(Module):
        files: int = option(default=1)

    class App(Module):
        limits: Limits = option()

    @imports(Limits)
    class Own(App):
        pass

    own: Any = evaluate(Own(limits=Limits(files=3)))
    assert (own.files, own.limits.files) == (1, 3)


def test_other_clashes_are_told_as_they_are() -> None:
    """Two modules that declare one option have nothing to do with groups."""

    class One(Module):
        port: int = option(default=1)

    class Two(Module):
        port: int = option(default=2)

    @imports(One, Two)
    class Both(Module):
        pass

    text, _ = told(lambda: check(evaluate(Both())))
    assert text.startswith("`port` is declared twice by modules that are not related\n")
