"""An MQTT broker whose clients have passwords, which lie where only root reads them.

    apt install mosquitto mosquitto-clients && systemctl disable --now mosquitto
    mosquitto_passwd -c /etc/keys/mqtt ann
    modsvc build examples/broker.py --out out
    mosquitto_sub -u ann -P ... -t news

The file with the passwords stays root's. The broker is handed a copy of it when it starts, and knows it
by the path in its own configuration.

In: messages of clients that have a password. Out: the same to those who asked for them; what is to be kept
is there after a restart. Refuses clients without one.
"""

from __future__ import annotations

from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Endpoints,
    Host,
    KeyValue,
    Lifecycle,
    Meta,
    Network,
    Port,
    Process,
    Secret,
    Service,
    TcpEndpoint,
    option,
    secret_file,
    settings,
    tcp,
)


class Broker(Service):
    """Mosquitto on all addresses of the host."""

    port: Port = option(default=1883, description="TCP port to listen on.")
    passwords: Secret = option(description="A file that mosquitto_passwd has made.")
    meta = Meta(description="MQTT broker", documentation=["man:mosquitto(8)"])
    credentials = {"passwords": passwords}
    directories = Directories(state=Directory())
    endpoints = Endpoints(provides={"mqtt": TcpEndpoint(port=port)})
    network = Network(ports={"mqtt": tcp(port)})
    lifecycle = Lifecycle(type="notify")
    config_data = {
        "mosquitto.conf": ConfigFile(
            settings=settings(
                {
                    "listener": port,
                    "allow_anonymous": False,
                    "password_file": Service.credentials["passwords"].path,
                    "persistence": True,
                    "persistence_location": Service.directories.state.path,
                    "log_dest": "stderr",
                }
            ),
            format=KeyValue(" "),
        )
    }
    process = Process(
        argv=["/usr/sbin/mosquitto", "-c", Service.config_data["mosquitto.conf"].path],
        reload_signal="SIGHUP",
    )


host = Host(services={"broker": Broker(passwords=secret_file("/etc/keys/mqtt"))})
