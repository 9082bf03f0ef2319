"""borg, every night: encrypted, with the passphrase handed over, and old archives thinned out.

    apt install borgbackup
    head -c 32 /dev/urandom | base64 > /etc/keys/borg && chmod 600 /etc/keys/borg
    modsvc build examples/vault.py --out out
    systemctl start vault.service && borg list /var/lib/vault/repository

It may read all files, homes as well, and write nowhere but to its own folder, where another disk can be
mounted. The repository is made once; what fails is tried again after ten minutes, three times.

In: folders, and a passphrase by reference. Out: an archive a night; of old ones, one a day for a week and
one a week for a month. Refuses to be in the way: it takes what processor and disk have left.
"""

from __future__ import annotations

from pathlib import Path

from modsvc_dsl import (
    Directories,
    Directory,
    Hardening,
    Host,
    Identity,
    Lifecycle,
    Meta,
    Process,
    Resources,
    RestartLimit,
    Schedule,
    Secret,
    Service,
    define,
    option,
    secret_file,
)

BORG = "/usr/bin/borg"


class Vault(Service):
    """Archives of some folders, encrypted."""

    folders: list[Path] = option(description="What to archive.")
    passphrase: Secret = option(description="The passphrase of the repository.")
    at: str = option(default="02:00", description="When, as in systemd.time(7), calendar events.")
    meta = Meta(description="Nightly archive", documentation=["man:borg(1)"])
    identity = Identity(create=True)  # a user that stays, whom the archives belong to
    credentials = {"passphrase": passphrase}
    directories = Directories(state=Directory(), cache=Directory())
    hardening = Hardening(capabilities=["CAP_DAC_READ_SEARCH"], home="read-only")
    resources = Resources(nice=19, io_class="idle")
    schedule = Schedule(calendar=at, random_delay="1h")
    lifecycle = Lifecycle(
        restart="on-failure",
        restart_delay="10min",
        restart_limit=RestartLimit(starts=3, within="1h"),
        before_first_start=[[BORG, "init", "--encryption=repokey"]],
        before_start=[[BORG, "prune", "--keep-daily=7", "--keep-weekly=4"]],
        success_exit_status=[1],  # a file that changed while it was read
    )

    @define(Process.environment)
    def _environment(self) -> dict[str, str | None]:
        return {
            "BORG_REPO": f"{self.directories.state.path}/repository",
            "BORG_BASE_DIR": self.directories.cache.path,
            "BORG_PASSCOMMAND": f"cat {self.credentials['passphrase'].path}",
        }

    @define(Process.argv)
    def _run(self) -> list[str]:
        archive = "::{hostname}-{now:%Y-%m-%dT%H:%M:%S}"
        return [BORG, "create", "--one-file-system", archive, *map(str, self.folders)]


host = Host(
    services={
        "vault": Vault(
            folders=[Path("/etc"), Path("/home")], passphrase=secret_file("/etc/keys/borg")
        )
    }
)
