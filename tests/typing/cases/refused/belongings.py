"""What checkers must refuse of who a service is, what it has, is handed and may touch."""

from __future__ import annotations

from modsvc_dsl import (
    Directories,
    Directory,
    Hardening,
    Host,
    Identity,
    Offline,
    Process,
    Service,
    SupervisorManager,
    define,
    encrypted_secret,
    evaluate,
    secret_command,
    secret_file,
    stored_secret,
)

Identity(user=1000)  # refused
Identity(usr="app")  # refused
Identity(groups="video")  # refused
Identity(groups=[5])  # refused
Identity(create="yes")  # refused
Identity(uid="733")  # refused
Identity(home="/srv")  # refused
Identity(same_as="web")  # refused
Identity(same_as=Identity(user="app"))  # refused
Directories(state=True)  # refused
Directories(state="shop")  # refused
Directories(data=Directory())  # refused
Directories(runtime_stays="forever")  # refused
Directory(mode="0755")  # refused
Directory(names=["a"])  # refused
Directory(subdirectories="a")  # refused
Directory(path="/srv")  # refused
Service(credentials={"db": "hunter2"})  # refused
Service(credentials=[secret_file("/etc/keys/db")])  # refused
Service(process=Process(environment={"PASSWORD": secret_file("/etc/keys/db")}))  # refused
Service(process=Process(argv=["/usr/bin/app", secret_file("/etc/keys/db")]))  # refused
secret_file(5)  # refused
encrypted_secret(b"/etc/keys/db")  # refused
stored_secret(None)  # refused
secret_command("/usr/bin/pass show db")  # refused
secret_command(["/usr/bin/pass", 5])  # refused
secret_command(["/usr/bin/pass"], "vault")  # refused
secret_command(["/usr/bin/pass"], user=5)  # refused
Hardening(network="loopback")  # refused
Hardening(devices=["/dev/ttyUSB0"])  # refused
Hardening(devices="all")  # refused
Hardening(peers="localhost")  # refused
Hardening(proc=True)  # refused
Hardening(may_change=["time"])  # refused
Hardening(host_users=None)  # refused
Hardening(hidden_paths=["/mnt"])  # refused
Host(imports=[Offline()])  # refused
SupervisorManager(directories_exist="yes")  # refused


class Wrong(Service):
    @define(Directories.state.path)
    def _path(self) -> str:
        return "/srv"

    @define(Service.credentials["db"])  # refused
    def _secret(self) -> str:
        return "hunter2"

    @define(Directories.state)  # refused
    def _state(self) -> bool:
        return True


found = evaluate(Host(services={"a": Wrong()})).services["a"]
length: int = found.directories.state.path  # refused
text: str = found.credentials["db"]  # refused
found.identity.same_as.usr  # refused
