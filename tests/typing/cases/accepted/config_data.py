"""Config files and their settings, as a user may write them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, assert_type

from modsvc_dsl import (
    ConfigFile,
    Ini,
    KeyValue,
    Meta,
    Module,
    Port,
    Process,
    Service,
    Settings,
    ThisFile,
    define,
    force,
    option,
    settings,
    this_file,
    when,
)


class Listener(Module):
    port: Port = option(default=80)
    host: str = option(required=False)


class App(Settings):
    _dashed: ClassVar[bool] = True
    _keys: ClassVar[Mapping[str, str]] = {"class_": "class"}
    log_level: str = option(default="info")
    class_: str = option(default="a")
    listener: Listener = option()
    roots: list[Path] = option(default=[])


class Web(Service):
    process = Process(argv=["/usr/bin/web"])
    config_data = {"web.toml": ConfigFile(settings=App(log_level="debug"))}
    meta = Meta(
        unsupported={"supervisor": "needs a socket"},
        silenced={"root": "changes its user by itself"},
    )

    @define(Service.config_data["web.toml"].settings)
    def _settings(self) -> Settings:
        return App(listener=Listener(port=force(8443), host=when(True, "localhost")))

    @define(Service.config_data["web.toml"].mode)
    def _mode(self) -> int:
        return 0o640

    @option
    def port(self) -> int:
        """What the file says."""
        app = self.config_data["web.toml"].settings[App]
        assert_type(app.listener.port, int)
        assert_type(app.roots, list[Path])
        return app.listener.port


web = Web(
    config_data={
        "a.json": ConfigFile(settings=settings({"http-port": 80, "deep": {"er": [1, None]}})),
        "b.toml": ConfigFile(settings=App(imports=[settings({"more": 1})]), on_change="restart"),
        "c.conf": ConfigFile(
            settings=settings({}), format=KeyValue(" ", quoting="double", booleans="bare")
        ),
        "d.conf": ConfigFile(settings=settings({}), format=Ini(lists="repeated"), user="www-data"),
        "e.conf": ConfigFile(
            text="", validator=["web", "--check", ThisFile("--config="), this_file]
        ),
        "f.conf": ConfigFile(source=Path("f.conf"), mode=0o600, group="www-data", format="env"),
    }
)
anything: Mapping[str, Any] = {"a": 1}
of_a_mapping = ConfigFile(settings=settings(anything), name="a.yaml")
