"""Endpoints that a user may provide and want, and the types that are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, assert_type

from modsvc_dsl import (
    Endpoint,
    Endpoints,
    HttpEndpoint,
    Process,
    Secret,
    Service,
    SocketEndpoint,
    TcpEndpoint,
    Wants,
    define,
    endpoint,
    option,
    secret_file,
)


class Sql(TcpEndpoint):
    database: str = option(default="app")


class Database(Service):
    port: int = option(default=5432)
    process = Process(argv=["/usr/bin/true"])

    @define(Endpoints.provides["sql"])
    def _sql(self) -> Sql:
        return Sql(port=self.port, database="x", password=secret_file("/etc/keys/sql"))

    @define(Service.endpoints.provides)
    def _more(self) -> Mapping[str, Endpoint]:
        return {"run": SocketEndpoint(path=Path("/run/sql")), "web": HttpEndpoint(port=80)}


class App(Service):
    database: Wants[Sql] = option(description="Where the data is.")
    mirrors: list[Wants[HttpEndpoint]] = option()
    named: Mapping[str, Wants[TcpEndpoint]] = option()

    @define(Process.argv)
    def _argv(self) -> list[str]:
        assert_type(self.database, Sql)
        assert_type(self.database.port, int)
        assert_type(self.database.database, str)
        assert_type(self.database.password, Secret | None)
        assert_type(self.mirrors[0].scheme, Literal["http", "https"])
        return ["/usr/bin/app", self.database.authority, *(each.url for each in self.mirrors)]


database = Database()
app = App(
    database=endpoint(database, Sql),
    mirrors=[endpoint(database, HttpEndpoint, "web"), HttpEndpoint(address="a.org", port=443)],
    named={"a": endpoint(database, Sql, ordered=False)},
)
plain = Service(
    process=Process(argv=["/usr/bin/true"]),
    endpoints=Endpoints(
        provides={"http": HttpEndpoint(port=80, scheme="https", path="/api")},
        wants={"sql": endpoint(database, TcpEndpoint)},
    ),
)
assert_type(endpoint(database, Sql), Sql)


def read(service: Service) -> None:
    """What results are."""
    assert_type(service.endpoints.wants["sql"], Endpoint)
    assert_type(service.endpoints.wants["sql"][Sql].database, str)
    assert_type(service.endpoints.provides["http"][HttpEndpoint].url, str)
