"""A web application as it runs in production: its database, what prepares that, servers, a worker, a dump.

    apt install postgresql-15 gunicorn python3-psycopg2 && systemctl disable --now postgresql
    modsvc build examples/shop.py --out out
    curl -d 'a book' http://127.0.0.1:8180/     # order 1 is open
    curl http://127.0.0.1:8180/1                # order 1 is packed

Six services. PostgreSQL makes its cluster before its first start. Then `provision` sees to it that there is a
role with the password of today, `migration` brings the tables up to date, and only then servers and
worker start. `backup` dumps the database every night. The password is in a file of root's, which is
handed to the three that need it; nothing has it in an argument, a variable or a file of its own.

In: orders over HTTP. Out: their state, once the worker has packed them. Refuses to start where the database
is not ready for it.
"""

from __future__ import annotations

from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Endpoints,
    Host,
    Identity,
    JustInTime,
    Lifecycle,
    Meta,
    Network,
    Port,
    Process,
    Resources,
    Schedule,
    Secret,
    Service,
    TcpEndpoint,
    Wants,
    define,
    endpoint,
    imports,
    needs,
    option,
    secret_file,
    tcp,
)

BIN = "/usr/lib/postgresql/15/bin"


class Database(TcpEndpoint):
    """A database of a PostgreSQL server."""

    name: str = option(description="The database, and the role that owns it.")
    socket: str = option(description="The folder of the socket, for those of the same user.")
    secret: Secret = option(description="The password of the role.")


@imports(JustInTime)  # it compiles expensive queries
class Postgres(Service):
    """PostgreSQL 15 of Debian, with a cluster of its own, for one database."""

    port: Port = option(default=5432, description="TCP port to listen on.")
    database: str = option(description="The database, and the role that owns it.")
    password: Secret = option(description="The password of the role.")
    meta = Meta(description="Database of the shop", documentation=["man:postgres(1)"])
    identity = Identity(user="postgres")
    directories = Directories(
        state=Directory(subdirectories=["cluster"]), runtime=Directory(mode=0o755)
    )
    network = Network(ports={"sql": tcp(port, address="127.0.0.1")})
    endpoints = Endpoints(
        provides={
            "sql": Database(
                port=port, name=database, secret=password, socket=Service.directories.runtime.path
            )
        }
    )
    # recovery after a crash may take its time; SIGINT ends sessions, and then the server
    lifecycle = Lifecycle(
        type="notify", start_timeout="never", stop_timeout="10min", stop_signal="SIGINT"
    )
    resources = Resources(oom_score=-900)
    process = Process(
        argv=[f"{BIN}/postgres"],
        flags={"p": port, "k": Service.directories.runtime.path},
        reload_signal="SIGHUP",
    )

    @property
    def cluster(self) -> str:
        """The folder with the data."""
        return f"{self.directories.state.path}/cluster"

    @define(Process.flags["D"])
    def _data(self) -> str:
        return self.cluster

    @define(Lifecycle.before_first_start)
    def _make_cluster(self) -> list[list[str]]:
        access = ["--auth-local=peer", "--auth-host=scram-sha-256"]
        clean = ["/usr/bin/find", self.cluster, "-mindepth", "1", "-delete"]
        return [clean, [f"{BIN}/initdb", "-D", self.cluster, "--locale=C.UTF-8", *access]]


PROVISION = '''\
"""Let the server at argv[1:3] have the role and database argv[3], with the password in a file."""

import sys
from pathlib import Path

import psycopg2
from psycopg2.sql import SQL, Identifier

folder, port, name, password = sys.argv[1:]
connection = psycopg2.connect(host=folder, port=port, user="postgres")
connection.autocommit = True
cursor = connection.cursor()
cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,))
if cursor.fetchone() is None:
    cursor.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(name)))
cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
if cursor.fetchone() is None:
    cursor.execute(SQL("CREATE DATABASE {0} OWNER {0}").format(Identifier(name)))
secret = Path(password).read_text().strip()
cursor.execute(SQL("ALTER ROLE {} PASSWORD %s").format(Identifier(name)), (secret,))
'''


class Provision(Service):
    """Makes the role and the database, or gives the role the password of today."""

    database: Wants[Database] = option(description="What is to be there.")
    meta = Meta(description="Role and database of the shop")
    lifecycle = Lifecycle(type="oneshot")
    credentials = {"password": database.secret}
    config_data = {"provision.py": ConfigFile(text=PROVISION)}

    @define(Process.argv)
    def _run(self) -> list[str]:
        sql, script = self.database, self.config_data["provision.py"].path
        password = self.credentials["password"].path
        return ["/usr/bin/python3", script, sql.socket, str(sql.port), sql.name, password]


SHOP = '''\
"""A shop: `application` for a WSGI server, `migrate` and `work` for the command line."""

import os
import sys
import time
from pathlib import Path

import psycopg2


def connect():
    password = Path(os.environ["SHOP_PASSWORD"]).read_text().strip()
    return psycopg2.connect(os.environ["SHOP_DATABASE"], password=password)


def ask(query, *values):
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()


def application(request, respond):
    if request["REQUEST_METHOD"] == "POST":
        what = request["wsgi.input"].read().decode()
        found = ask("INSERT INTO orders (what) VALUES (%s) RETURNING id, state", what)
    else:
        number = request["PATH_INFO"].strip("/")
        found = ask("SELECT id, state FROM orders WHERE id = %s", number)
    body = "order {} is {}\\n".format(*found) if found else "no such order\\n"
    respond("200 OK" if found else "404 Not Found", [("Content-Type", "text/plain")])
    return [body.encode()]


def migrate():
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, what text)")
        cursor.execute("ALTER TABLE orders ADD COLUMN IF NOT EXISTS state text DEFAULT 'open'")


def work():
    while True:
        packed = ask(
            "UPDATE orders SET state = 'packed' WHERE id = (SELECT id FROM orders"
            " WHERE state = 'open' ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING id"
        )
        if packed is None:
            time.sleep(0.5)
        else:
            print(f"packed order {packed[0]}", flush=True)


if __name__ == "__main__":
    {"migrate": migrate, "work": work}[sys.argv[1]]()
'''


class Part(Service):
    """What all parts of the application have: its code, and the way to the database."""

    database: Wants[Database] = option(description="Where orders are kept.")
    credentials = {"password": database.secret}
    config_data = {"shop.py": ConfigFile(text=SHOP)}

    @define(Process.environment)
    def _environment(self) -> dict[str, str | None]:
        sql = self.database
        return {
            "SHOP_DATABASE": f"host={sql.address} port={sql.port} dbname={sql.name} user={sql.name}",
            "SHOP_PASSWORD": self.credentials["password"].path,
        }


class Migration(Part):
    """Brings the tables up to date, before anything uses them."""

    meta = Meta(description="Tables of the shop")
    lifecycle = Lifecycle(type="oneshot")
    process = Process(argv=["/usr/bin/python3", Service.config_data["shop.py"].path, "migrate"])


class Worker(Part):
    """Packs what was ordered; there may be several."""

    meta = Meta(description="Packing of the shop")
    process = Process(argv=["/usr/bin/python3", Service.config_data["shop.py"].path, "work"])


class Web(Part):
    """gunicorn, which says when it is ready, and takes new code without losing a request."""

    port: Port = option(description="TCP port to listen on.")
    meta = Meta(description="Web server of the shop")
    network = Network(ports={"http": tcp(port, address="127.0.0.1")})
    lifecycle = Lifecycle(type="notify", stop_processes="main-first")
    process = Process(reload_signal="SIGHUP")

    @define(Process.argv)
    def _run(self) -> list[str]:
        folder = self.config_data["shop.py"].path.removesuffix("/shop.py")
        flags = [f"--bind=127.0.0.1:{self.port}", f"--chdir={folder}", "--workers=2"]
        return ["/usr/bin/gunicorn", *flags, "shop:application"]


class Backup(Service):
    """A dump of the database, every night."""

    database: Wants[Database] = option(description="What to dump.")
    meta = Meta(description="Nightly dump of the shop")
    directories = Directories(state=Directory())
    schedule = Schedule(calendar="03:00", random_delay="30min")
    resources = Resources(nice=10, io_class="idle")

    @define(Process.argv)
    def _run(self) -> list[str]:
        sql, file = self.database, f"{self.directories.state.path}/latest.dump"
        where = [f"--host={sql.socket}", f"--port={sql.port}", sql.name]
        return [f"{BIN}/pg_dump", "--format=custom", f"--file={file}", *where]


class Shop(Service):
    """All of it, in its order."""

    port: Port = option(default=8180, description="TCP port that customers use.")
    password: Secret = option(description="What the application logs in to its database with.")
    _db = Postgres(port=8181, database="shop", password=password)
    _sql = endpoint(_db, Database)
    _provision = Provision(database=_sql, identity=Identity(same_as=_db), relations=needs(_db))
    _migration = Migration(database=_sql, relations=needs(_db, _provision))
    services = {
        "db": _db,
        "provision": _provision,
        "migration": _migration,
        "web": Web(port=port, database=_sql, relations=needs(_db, _migration)),
        "worker": Worker(database=_sql, relations=needs(_db, _migration)),
        "backup": Backup(database=_sql, identity=Identity(same_as=_db), relations=needs(_db)),
    }


host = Host(services={"shop": Shop(password=secret_file("/etc/keys/shop"))})
