"""Ports and sockets that checkers refuse, each line marked so."""

from __future__ import annotations

from modsvc_dsl import InetSocket, ListenPort, Network, Service, Socket, define, tcp, udp

Network(port={"http": tcp(80)})  # refused
Network(ports=[tcp(80)])  # refused
Network(ports={"http": 80})  # refused
Network(ports={"http": Socket(listen=[80])})  # refused
Network(sockets={"http": tcp(80)})  # refused
tcp("80")  # refused
tcp(80, 81)  # refused
udp(53, adress="::1")  # refused
ListenPort(number="80")  # refused
ListenPort(number=80, protocol="sctp")  # refused
ListenPort(80)  # refused
Socket(listen=80)  # refused
Socket(listen=["8080"])  # refused
Socket(listen=[80], type="tcp")  # refused
Socket(listen=[80], mode="0660")  # refused
Socket(listen=[80], accept=True)  # refused
Socket(listen=[80], accept="yes")  # refused
Socket(listen=[80], accept="stdio", max_connections="64")  # refused
Socket(listen=[80], accept="stdio", connections=64)  # refused
InetSocket("127.0.0.1")  # refused
InetSocket(80, "127.0.0.1")  # refused
Service(network={"http": tcp(80)})  # refused
Network(wait_online="yes")  # refused
Network(online=True)  # refused


class Wrong(Service):
    network = tcp(80)  # refused

    @define(Network.ports["http"])  # refused
    def _http(self) -> int:
        return 80
