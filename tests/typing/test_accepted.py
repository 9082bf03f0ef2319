"""accepted.py runs: every value in it, the units it makes, and the histories of its options."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import build, check, evaluate, find_warnings, history, json_data
from modsvc_dsl.managers.tree import File, Link, Tree

SOURCE = Path(__file__).parent / "accepted.py"
UNITS = "etc/systemd/system"


@pytest.fixture(scope="module")
def user() -> Iterator[Any]:
    """The user's file as a module."""
    spec = importlib.util.spec_from_file_location("accepted", SOURCE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["accepted"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["accepted"]


@pytest.fixture(scope="module")
def result(user: Any) -> Any:
    """The user's fleet, evaluated and checked."""
    return check(evaluate(user.fleet))


@pytest.fixture(scope="module")
def trees(result: Any) -> dict[str, Tree]:
    """The trees of the user's hosts."""
    built = build(result)
    assert set(built.notes) == set(built.trees) and not any(built.notes.values())
    return dict(built.trees)


def line_of(text: str) -> int:
    """The number of the one line of accepted.py that holds a text."""
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    (number,) = [number for number, line in enumerate(lines, 1) if text in line]
    return number


@pytest.mark.parametrize("host", ["web0", "web1", "web2"])
def test_the_values_of_the_public_docs(user: Any, result: Any, host: str) -> None:
    """Forced, overridden, computed, read-only and merged values are those that were written."""
    docs = result.hosts[host].services["docs"][user.HttpServer]
    assert docs.port == 443 and type(docs.port) is int
    assert docs.directory == Path("/srv/docs")
    assert docs.log == "verbose"
    assert docs.url == "https://docs.example.org/"
    assert docs.state == Path("/var/lib/http")
    assert docs[user.Tls].certificate == Path("/etc/ssl/docs.pem")
    assert docs[user.Tls].protocols == ["TLSv1.3"]
    config = "/etc/system-services/docs/server.conf"
    assert docs.process.argv == ["/usr/bin/server", "443", "--tls", "/etc/ssl/docs.pem", config]
    assert docs.process.environment == {"LOG": "verbose", "LC_ALL": None, "MODE": "public"}
    file = docs.config_data["server.conf"]
    assert list(docs.config_data) == [file.name] == ["server.conf"]
    assert (file.enable, file.text, file.source, file.path) == (True, "port = 443\n", None, config)
    assert docs.warnings == ["a privileged port"]


@pytest.mark.parametrize("host", ["web0", "web1", "web2"])
def test_the_values_of_the_shop(user: Any, result: Any, host: str) -> None:
    """Sub-services read each other's values, in any order and without a cycle."""
    shop = result.hosts[host].services["shop"]
    assert list(shop.services) == ["db", "app", "exporter"]
    assert shop.services["db"][user.Database].port == 5433
    app = shop.services["app"][user.Application]
    assert app.database_port == 5433
    assert app.dsn == "unix:/run/db"
    assert app.process.argv == ["/usr/bin/env", "-v", "/usr/bin/app", "--last"]
    assert json_data(app.relations.after) == [f"hosts.{host}.services.shop.services.db"]
    assert shop.services["exporter"][user.Exporter].target == "/usr/bin/env"
    assert shop.services["exporter"].process.argv == ["/usr/bin/exporter"]


def test_the_values_of_the_pair(user: Any, result: Any) -> None:
    """An instance is placed and referred to by the same object."""
    host = result.hosts["pair"]
    assert (host.name, list(host.services)) == ("pair", ["db", "app"])
    assert host.services["db"][user.Database].port == 5432
    app = host.services["app"][user.Application]
    assert (app.database_port, app.dsn) == (5432, "tcp://localhost:5432")
    assert app.relations.after[0][user.Database].port == 5432
    assert json_data(app.relations.after) == ["hosts.pair.services.db"]


def test_warnings_carry_the_path_of_their_service(result: Any) -> None:
    """Each of the three hosts warns of its own docs, and nothing else does."""
    assert find_warnings(result) == [
        (("hosts", f"web{n}", "services", "docs"), "a privileged port") for n in range(3)
    ]


def test_the_files_that_are_made(trees: dict[str, Tree]) -> None:
    """A unit and a link for each service that runs, and the config file; the shop only groups."""
    units = {
        "pair": ["app", "db"],
        **{f"web{n}": ["docs", "shop-app", "shop-db", "shop-exporter"] for n in range(3)},
    }
    assert {host: sorted(tree) for host, tree in trees.items()} == {
        host: sorted(
            [f"{UNITS}/{name}.service" for name in names]
            + [f"{UNITS}/multi-user.target.wants/{name}.service" for name in names]
            + (["etc/system-services/docs/server.conf"] if host != "pair" else [])
        )
        for host, names in units.items()
    }


def unit(tree: Tree, name: str) -> list[str]:
    """The lines of a unit in a tree."""
    file = tree[f"{UNITS}/{name}"]
    assert isinstance(file, File)
    return file.content.decode("utf-8").splitlines()


def test_the_unit_of_the_public_docs(trees: dict[str, Tree]) -> None:
    """What the user says, what the mixin forces, and what the portable service stands for."""
    lines = unit(trees["web1"], "docs.service")
    assert lines[0].startswith("# ") and lines[1:4] == ["", "[Unit]", "Description=docs"]
    argv = "443 --tls /etc/ssl/docs.pem /etc/system-services/docs/server.conf"
    for line in (
        f"ExecStart=/usr/bin/server {argv}",
        "Type=simple",
        "Restart=always",
        "RestartSec=2",
        "ProtectSystem=strict",
        "DynamicUser=true",
        "X-Owner=docs",
        "Environment=LOG=verbose",
        "Environment=MODE=public",
        "UnsetEnvironment=LC_ALL",
        "WantedBy=multi-user.target",
    ):
        assert lines.count(line) == 1, line
    assert lines.index("X-Owner=docs") < lines.index("[Install]")
    assert not [line for line in lines if line.startswith(("RestartSec=5", "User="))]


def test_the_unit_of_the_application(trees: dict[str, Tree]) -> None:
    """A relation is a line with the unit that it means, on the same host."""
    assert "After=shop-db.service" in unit(trees["web0"], "shop-app.service")
    assert "After=db.service" in unit(trees["pair"], "app.service")
    lines = unit(trees["pair"], "app.service")
    assert "ExecStart=/usr/bin/env -v /usr/bin/app --last" in lines
    assert "RestartSec=5" in lines


def test_the_links_and_the_config_file(trees: dict[str, Tree]) -> None:
    """A link leads to its unit beside the target's folder; config files hold their text."""
    link = trees["web2"][f"{UNITS}/multi-user.target.wants/shop-db.service"]
    assert isinstance(link, Link) and link.target == "../shop-db.service"
    file = trees["web2"]["etc/system-services/docs/server.conf"]
    assert isinstance(file, File) and file.content == b"port = 443\n"
    assert (file.service, file.mode) == (("docs",), 0o644)


def test_histories_tell_every_definition(user: Any, result: Any) -> None:
    """Which definition won, which lost, by which priority, and on which line each stands."""
    docs = result.hosts["web0"].services["docs"][user.HttpServer]
    assert [
        (t.fate, t.value, t.priority, t.module, t.location.line) for t in history(docs, "port")[:2]
    ] == [
        ("won", 443, 50, "PublicDocs", line_of("port = force(443)")),
        ("lost", 8080, 100, "Docs", line_of("port = 8080")),
    ]
    assert [(t.fate, t.priority) for t in history(docs, "port")[2:]] == [("not needed", 1500)]
    assert [(t.fate, t.value, t.priority) for t in history(docs, "url")][0] == (
        "won",
        "https://docs.example.org/",
        60,
    )
    assert [(t.fate, t.value) for t in history(docs, "log")[:2]] == [
        ("won", "verbose"),
        ("lost", "quiet"),
    ]


def test_histories_tell_the_order_of_lists_and_entries(user: Any, result: Any) -> None:
    """A list is told piece by piece in its order; a dict's entry by its own definitions."""
    shop = result.hosts["web0"].services["shop"]
    told = history(shop.services["app"], "process.argv")
    assert [(t.value, t.order) for t in told] == [
        (["/usr/bin/env"], 500),
        (["-v"], 700),
        (["/usr/bin/app"], 1000),
        (["--last"], 1500),
    ]
    port, unused = history(shop.services["db"], "port")
    assert (port.fate, port.value, port.priority) == ("won", 5433, 1000)
    assert port.location.line == line_of("return Database(port=default(5433))")
    assert unused.fate == "not needed"
    docs = result.hosts["web0"].services["docs"]
    (mode,) = history(docs, "process.environment.MODE")
    assert (mode.fate, mode.value, mode.priority) == ("won", "public", 1000)
