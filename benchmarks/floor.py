"""The floor: the texts of the standard work, written by f-strings and nothing else.

`python3 benchmarks/floor.py N [--json]` makes the texts that `services.py` makes of N services: no
options, no types, no merging, no histories. A test holds the two to the same texts.
"""

from __future__ import annotations

import sys
import time
from hashlib import sha256
from pathlib import Path

START = time.perf_counter()
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for `benchmarks`, as a script

STRICT = """\
DynamicUser=true
NoNewPrivileges=true
ProtectSystem=strict
PrivateTmp=true
PrivateMounts=true
ProtectClock=true
ProtectControlGroups=true
ProtectHostname=true
ProtectKernelLogs=true
ProtectKernelModules=true
ProtectKernelTunables=true
ProtectProc=invisible
ProcSubset=pid
RestrictRealtime=true
RestrictSUIDSGID=true
LockPersonality=true
RemoveIPC=true
KeyringMode=private
SystemCallArchitectures=native
UMask=0077
ProtectHome=true
PrivateDevices=true
MemoryDenyWriteExecute=true
RestrictNamespaces=true
CapabilityBoundingSet=
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallFilter=@chown @setuid
SystemCallErrorNumber=EPERM"""

INSTALL = "[Install]\nWantedBy=multi-user.target\n"


def server(i: int, port: int, config: str) -> str:
    """The unit of a server."""
    tls = f" --tls /etc/ssl/{i}.pem" if i % 2 == 0 else ""
    file = f"/etc/system-services/web{i}/server.conf"
    return f"""\
# Made by modsvc for the service web{i}. Changes here are lost.

[Unit]
Description=HTTP server on {port}
After=network.target
X-Restart-Triggers={file}#{sha256(config.encode()).hexdigest()}

[Service]
ExecStart=/opt/http-server/bin/http-server --port {port} --directory /srv/site-{i}{tls} --config {file}
Type=simple
Restart=always
RestartSec=2
{STRICT}
MemoryMax=128M
AmbientCapabilities=CAP_NET_BIND_SERVICE

{INSTALL}"""


def exporter(i: int, port: int) -> str:
    """The unit of its exporter."""
    return f"""\
# Made by modsvc for the service web{i} / exporter. Changes here are lost.

[Unit]
Description=web{i}-exporter

[Service]
ExecStart=/usr/bin/exporter --target http://localhost:{port}/
Type=simple
Restart=on-failure
RestartSec=5
{STRICT}

{INSTALL}"""


def texts(count: int) -> dict[str, str]:
    """All units and config files by path."""
    found: dict[str, str] = {}
    for i in range(1, count + 1):
        port = 8000 + i % 1000
        config = f"port = {port}\nprotocols = TLSv1.3\n"
        found[f"etc/system-services/web{i}/server.conf"] = config
        found[f"etc/systemd/system/web{i}.service"] = server(i, port, config)
        found[f"etc/systemd/system/web{i}-exporter.service"] = exporter(i, port)
    return found


if __name__ == "__main__":
    from benchmarks.measure import report

    report(__doc__, START, lambda count: {"bytes": sum(map(len, texts(count).values()))}, int)
