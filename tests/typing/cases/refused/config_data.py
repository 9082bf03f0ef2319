"""What checkers must refuse of config files, settings and metadata."""

from __future__ import annotations

from modsvc_dsl import (
    ConfigFile,
    Ini,
    KeyValue,
    Meta,
    Module,
    Process,
    Service,
    Settings,
    define,
    force,
    option,
    settings,
)


class Listener(Module):
    port: int = option(default=80)


class App(Settings):
    log_level: str = option(default="info")
    listener: Listener = option()


App(log_levl="debug")  # refused
App(log_level=3)  # refused
App(log_level=force(3))  # refused
App(listener=Listener(prot=80))  # refused
App(listener={"port": 80})  # refused
App(imports=[Service()])  # refused
settings(["a"])  # refused
settings(a=1)  # refused
ConfigFile(settings={"a": 1})  # refused
ConfigFile(settings=Listener())  # refused
ConfigFile(settings="a")  # refused
ConfigFile(format="tml")  # refused
ConfigFile(format=Ini)  # refused
ConfigFile(mode="0640")  # refused
ConfigFile(on_change="reboot")  # refused
ConfigFile(validator="web --check")  # refused
ConfigFile(validator=["web", 3])  # refused
ConfigFile(user=0)  # refused
Ini(lists="many")  # refused
Ini(separator="->")  # refused
KeyValue(quoting="maybe")  # refused
KeyValue(booleans="si/no")  # refused
Meta(unsupported={"supervisr": "no"})  # refused
Meta(unsupported=["supervisor"])  # refused
Meta(silenced={"rot": "no"})  # refused
Meta(silenced={"root": True})  # refused


class Web(Service):
    process = Process(argv=["/usr/bin/web"])

    @define(Service.config_data["a"].settings)  # refused
    def _settings(self) -> Listener:
        return Listener()

    @option
    def level(self) -> int:
        """Not what the settings say."""
        return self.config_data["a"].settings[App].log_level  # refused
