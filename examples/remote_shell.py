"""An SSH server on a port of its own, with keys of its own: what has to be root, and says so.

    apt install openssh-server
    modsvc build examples/remote_shell.py --out out
    systemctl restart shell         # sessions go on

Whoever logs in may do whatever they may, so nothing of the profile can hold for the server. Two rules of
`modsvc check` are silenced with that reason; the other examples need neither.

In: users with a key. Out: their sessions. Refuses passwords, and a configuration that it would not
start with.
"""

from __future__ import annotations

from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Host,
    Identity,
    KeyValue,
    Lifecycle,
    Meta,
    Network,
    Port,
    Process,
    Service,
    Unconfined,
    define,
    imports,
    option,
    settings,
    tcp,
)

WHY = "users who log in are to have their own rights, and no fewer"


@imports(Unconfined)
class RemoteShell(Service):
    """OpenSSH, beside the one that a host may have."""

    port: Port = option(description="TCP port to listen on.")
    meta = Meta(
        description="SSH server",
        documentation=["man:sshd(8)"],
        silenced={"root": WHY, "no-hardening": WHY},
    )
    identity = Identity(user="root")
    directories = Directories(
        state=Directory(),
        runtime=Directory(name="sshd", mode=0o755),
        runtime_stays="until-shutdown",
    )
    network = Network(ports={"ssh": tcp(port)})
    lifecycle = Lifecycle(
        type="notify",
        restart="on-failure",
        restart_prevent_exit_status=[255],  # a configuration that stays wrong
        stop_processes="main-only",
    )
    config_data = {
        "sshd_config": ConfigFile(
            settings=settings(
                {
                    "Port": port,
                    "AuthenticationMethods": "publickey",
                    "PermitRootLogin": "prohibit-password",
                    "UsePAM": True,
                    "PidFile": "none",
                    "Subsystem": "sftp internal-sftp",
                }
            ),
            format=KeyValue(" ", booleans="yes/no"),
        )
    }

    @property
    def key(self) -> str:
        """The key of this host, by which clients know it again."""
        return f"{self.directories.state.path}/ed25519"

    @property
    def sshd(self) -> list[str]:
        """The server with its configuration."""
        config = self.config_data["sshd_config"].path
        return ["/usr/sbin/sshd", "-f", config, "-h", self.key]

    @define(Lifecycle.before_first_start)
    def _make_key(self) -> list[list[str]]:
        make = ["/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.key]
        return [["/usr/bin/rm", "-f", self.key], make]

    @define(Process.argv)
    def _run(self) -> list[str]:
        return [*self.sshd, "-D"]

    @define(Process.before_reload)
    def _test(self) -> list[list[str]]:
        return [[*self.sshd, "-t"]]

    process = Process(reload_signal="SIGHUP")


host = Host(services={"shell": RemoteShell(port=2222)})
