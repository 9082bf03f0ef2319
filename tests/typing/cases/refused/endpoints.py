"""Endpoints that checkers refuse, each line marked so."""

from __future__ import annotations

from modsvc_dsl import Endpoint, Endpoints, Host, HttpEndpoint, Process, Service, SocketEndpoint
from modsvc_dsl import TcpEndpoint, Wants, define, endpoint, option


class Sql(TcpEndpoint):
    database: str = option(default="app")


class App(Service):
    database: Wants[Sql] = option()
    mirrors: list[Wants[HttpEndpoint]] = option()


database = Service()
App(database=database)  # refused
App(database="db")  # refused
App(database=endpoint(database, TcpEndpoint))  # refused
App(database=endpoint(database, HttpEndpoint))  # refused
App(database=TcpEndpoint(port=1))  # refused
App(database=Sql(port="1"))  # refused
App(database=Sql(prot=1))  # refused
App(mirrors=endpoint(database, HttpEndpoint))  # refused
App(mirrors=[endpoint(database, Sql)])  # refused
endpoint(database, Service)  # refused
endpoint(database, Sql, 3)  # refused
endpoint(database)  # refused
endpoint("db", Sql)  # refused
endpoint(Host(), Sql)  # refused
Endpoints(provides={"a": 80})  # refused
Endpoints(provides={"a": Service()})  # refused
Endpoints(provides=[TcpEndpoint(port=1)])  # refused
Endpoints(wants={"a": "sql"})  # refused
SocketEndpoint(path="/run/a")  # refused
HttpEndpoint(port=1, scheme="ftp")  # refused
TcpEndpoint(port=1, password="secret")  # refused


class Wrong(Service):
    @define(Service.endpoints.provides["sql"])  # refused
    def _sql(self) -> int:
        return 5432


class Reading(App):
    @define(Process.argv)
    def _argv(self) -> list[str]:
        return [self.database.url]  # refused

    @define(Service.endpoints.provides["x"])
    def _x(self) -> Endpoint:
        return self.database.authority  # refused
