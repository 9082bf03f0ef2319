"""nginx with several sites: its own config file, tested before each reload, and no root.

    apt install nginx && systemctl disable --now nginx
    modsvc build examples/sites.py --out out
    curl -H 'Host: handbook.example.org' http://127.0.0.1/

It listens on port 80 by the one capability for that. A new site is a new line in `folders`: the unit
says that the changed file is a reload, which nginx does without losing a request.

In: a folder for each name. Out: its files under that name, 404 for all other names. Refuses to stop before
requests have come to their end, for up to half a minute.
"""

from __future__ import annotations

from pathlib import Path

from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Host,
    Lifecycle,
    Meta,
    Network,
    Process,
    Service,
    define,
    option,
    tcp,
)

CONFIG = """\
worker_processes auto;
pid {runtime}/nginx.pid;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log {logs}/access.log;
    client_body_temp_path {cache}/body;
    proxy_temp_path {cache}/proxy;
    fastcgi_temp_path {cache}/fastcgi;
    uwsgi_temp_path {cache}/uwsgi;
    scgi_temp_path {cache}/scgi;
    server {{
        listen 80 default_server;
        return 404;
    }}
{servers}}}
"""

SERVER = """\
    server {{
        listen 80;
        server_name {name};
        root {folder};
    }}
"""


class Sites(Service):
    """nginx, with a folder for each name that it answers to."""

    folders: dict[str, Path] = option(description="The folder of each site, by its name.")
    meta = Meta(description="Web sites", documentation=["man:nginx(8)"])
    network = Network(ports={"http": tcp(80)})
    directories = Directories(runtime=Directory(), cache=Directory(), logs=Directory())
    lifecycle = Lifecycle(stop_signal="SIGQUIT", stop_timeout="30s")
    _nginx = ["/usr/sbin/nginx", "-e", "stderr", "-c", Service.config_data["nginx.conf"].path]
    process = Process(
        argv=[*_nginx, "-g", "daemon off;"],
        before_reload=[[*_nginx, "-t", "-q"]],
        reload_signal="SIGHUP",
    )

    @define(Service.config_data["nginx.conf"])
    def _config(self) -> ConfigFile:
        own = self.directories
        sites = (SERVER.format(name=name, folder=at) for name, at in self.folders.items())
        text = CONFIG.format(
            runtime=own.runtime.path,
            cache=own.cache.path,
            logs=own.logs.path,
            servers="".join(sites),
        )
        return ConfigFile(text=text)


host = Host(
    services={
        "sites": Sites(
            folders={
                "handbook.example.org": Path("/srv/handbook"),
                "photos.example.org": Path("/srv/photos"),
            }
        )
    }
)
