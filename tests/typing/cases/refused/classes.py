"""Modules in the wrong place, and names that do not exist."""

from __future__ import annotations

from modsvc_dsl import (
    Fleet,
    Host,
    Module,
    Process,
    Service,
    Systemd,
    build,
    check,
    define,
    evaluate,
    imports,
    option,
    systemd,
)


class Web(Service):
    port: int = option(default=80)

    def helper(self) -> int:
        return self.prot  # refused

    @define(Process.argv)
    def _argv(self) -> list[str]:
        return ["/bin/true", str(self[Web].prt)]  # refused

    @define(Service.services["db"])
    def _db(self) -> Service:
        return Web(port=self.services["x"].port)  # refused


class Deeper(Web):
    port = "80"  # refused


class Plain(Module):
    size: int = option(default=1)


@imports(Web)  # refused
class WrongHost(Host): ...


@imports(Host, Web)  # refused
class Mixed(Service): ...


@imports("Web")  # refused
class Text(Service): ...


@imports(Web)  # refused
class FleetOfServices(Fleet): ...


def make() -> Service:
    class Local(Web):
        port = "81"  # refused

    return Local(prot=3)  # refused


Web(imports=[Host()])  # refused
Web(imports=[Fleet()])  # refused
Web(imports=Web())  # refused
Host(imports=[Web()])  # refused
Fleet(imports=[Host()])  # refused
Host(services=[Web()])  # refused
Host(services={"web": Web})  # refused
Host(services={1: Web()})  # refused
Host(service={"web": Web()})  # refused
Host(manager="systemd")  # refused
Fleet(hosts={"a": Web()})  # refused
Fleet(hosts={"a": Host(services={"web": Plain()})})  # refused
Web(80)  # refused
systemd(service={"Restrat": "no"})  # refused
systemd(unit={"Nice": 5})  # refused
systemd(socket=3)  # refused
systemd(path={"PathChangd": ["/srv"]})  # refused
evaluate(Host()).services["web"].port  # refused
evaluate(Host()).services["web"][Web].url  # refused
evaluate(Web())[Plain].port  # refused
evaluate(Web())["Web"]  # refused
evaluate(Web()).process.argv.upper()  # refused
evaluate(Web()).process.argv[0].port  # refused
check(evaluate(Fleet())).hosts["a"].prot  # refused
build(evaluate(Fleet())).tree  # refused
evaluate(Web(), manger=None)  # refused
option(default=3, compute=lambda self: 3)  # refused
option(defualt=3)  # refused
Systemd(service=3)  # refused
