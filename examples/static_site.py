"""A static web site: its pages are in this file, Debian's own Python serves them.

    modsvc build examples/static_site.py --out out
    curl http://127.0.0.1:8100/            # once out/host is copied to / and systemd was reloaded

In: pages as text. Out: one service that starts with the host. Refuses to know about TLS: put a front
such as the one in `visits.py` before it.
"""

from __future__ import annotations

from pathlib import Path

from modsvc_dsl import ConfigFile, Host, Meta, Port, Process, Service, define, option


class StaticSite(Service):
    """Serve the files in `config_data`, of which `index.html` is the first page."""

    address: str = option(default="127.0.0.1", description="Address to listen on.")
    port: Port = option(default=8000, description="TCP port to listen on.")

    @define(Process.argv)
    def _serve(self) -> list[str]:
        pages = Path(self.config_data["index.html"].path).parent
        command = ["/usr/bin/python3", "-m", "http.server", str(self.port)]
        return [*command, "--bind", self.address, "--directory", str(pages)]


def page(title: str, body: str) -> ConfigFile:
    """One page of the site."""
    return ConfigFile(text=f"<!doctype html>\n<title>{title}</title>\n<h1>{title}</h1>\n{body}\n")


class Handbook(StaticSite):
    """The handbook of a small company."""

    port = 8100
    meta = Meta(description="The handbook", documentation=["http://127.0.0.1:8100/about/"])
    config_data = {
        "index.html": page("Handbook", '<p>Welcome. <a href="about/">About us</a>'),
        "about/index.html": page("About us", "<p>100 % Python &amp; systemd."),
    }


host = Host(services={"handbook": Handbook()})
