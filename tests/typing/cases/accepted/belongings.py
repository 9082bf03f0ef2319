"""What a user may write of who a service is, what it has, what it is handed and what it may touch."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

from modsvc_dsl import (
    Directories,
    Directory,
    Hardened,
    Hardening,
    Host,
    Identity,
    LocalOnly,
    Monitoring,
    Offline,
    Process,
    Secret,
    Service,
    SupervisorManager,
    Trusted,
    default,
    define,
    encrypted_secret,
    evaluate,
    force,
    imports,
    option,
    secret_command,
    secret_file,
    stored_secret,
    when,
)


@imports(Monitoring, Hardened)
class Shop(Service):
    """A service with everything."""

    password: Secret = option(description="The password of its database.")
    token: Secret | None = option(default=None)
    identity = Identity(
        user="shop", create=True, group="media", groups=["video"], uid=733, home=Path("/srv/shop")
    )
    directories = Directories(
        state=Directory(name="shop", mode=0o750, subdirectories=["data"]),
        cache=Directory(),
        logs=default(Directory()),
        runtime=Directory(enable=False),
        runtime_stays="over-restarts",
    )
    credentials = {"host": stored_secret("host"), "key": secret_file(Path("/etc/keys/key"))}
    hardening = Hardening(
        network="none",
        peers=["localhost"],
        read_only_paths=[Path("/srv")],
        hidden_paths=[Path("/mnt")],
        file_system="writable",
        proc="system",
        may_change=["clock", "hostname"],
        host_users=False,
    )

    @define(Service.credentials["password"])
    def _password(self) -> Secret:
        return self.password

    @define(Directories.cache)
    def _cache(self) -> Directory:
        return Directory(mode=0o700)

    @define(Directories.cache.subdirectories)
    def _more(self) -> list[str]:
        return [f"of-{self.identity.user}"]

    @define(Process.argv)
    def _run(self) -> list[str]:
        state: str = self.directories.state.path
        return ["/usr/bin/shop", state, self.credentials["password"].path]


shop = Shop(password=encrypted_secret("/etc/keys/db"), token=secret_file("/etc/keys/token"))
cron = Service(identity=Identity(same_as=shop, groups=["adm"]), imports=[Offline(), LocalOnly()])
hook = Service(identity=Identity(user="deploy"), imports=[Trusted()])
Service(directories=Directories(state=force(Directory(mode=0o711))))
Service(directories=Directories(state=when(True, Directory())), identity=Identity(create=True))
SupervisorManager(user="www-data", directories_exist=True)

asked: Secret = secret_command(["/usr/bin/pass", "show", "db"], user="vault")
Service(credentials={"asked": asked, "alone": secret_command(("/usr/bin/id",), user=None)})

result = evaluate(Host(services={"shop": shop, "cron": cron, "hook": hook})).services["shop"]
assert_type(result.directories.state.path, str)
assert_type(result.credentials["password"].path, str)
assert_type(result.identity.groups, list[str])
assert_type(result[Shop].password, Secret)
