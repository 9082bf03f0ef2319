"""nginx with TLS: a certificate is made once, and the configuration is tested before each start.

    apt install nginx openssl && systemctl disable --now nginx
    modsvc build examples/tls_front.py --out out
    curl --insecure https://127.0.0.1:8170/

`SelfSigned` is a module of its own, which any service with a state directory can import: it makes a key
and a certificate before the first start. nginx reloads on SIGHUP, ends on SIGQUIT when all answers have
been given, and is left failed after five starts in a minute.

In: requests over TLS. Out: an answer to each. Refuses to start with a configuration that nginx refuses.
"""

from __future__ import annotations

from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Host,
    Lifecycle,
    Meta,
    Port,
    Process,
    RestartLimit,
    Service,
    define,
    imports,
    option,
)


class SelfSigned(Service):
    """A key and a certificate that nobody else vouches for, made before the first start."""

    domain: str = option(description="Name that the certificate is for.")
    directories = Directories(state=Directory())

    @option
    def key(self) -> str:
        """Where the key is."""
        return f"{self.directories.state.path}/key.pem"

    @option
    def certificate(self) -> str:
        """Where the certificate is."""
        return f"{self.directories.state.path}/certificate.pem"

    @define(Lifecycle.before_first_start)
    def _make(self) -> list[list[str]]:
        kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        who = ["-subj", f"/CN={self.domain}", "-addext", f"subjectAltName=DNS:{self.domain}"]
        files = ["-keyout", self.key, "-out", self.certificate]
        return [["/usr/bin/openssl", "req", "-x509", *kind, "-days", "3650", *who, *files]]


@imports(SelfSigned)
class Front(Service):
    """nginx as a server that needs no root."""

    port: Port = option(default=8170, description="TCP port to listen on.")
    answer: str = option(default="Over TLS.", description="What every request is answered.")
    meta = Meta(description="TLS front", documentation=["https://nginx.org/en/docs/"])
    process = Process(argv=["/usr/sbin/nginx"], reload_signal="SIGHUP")
    directories = Directories(runtime=Directory())
    lifecycle = Lifecycle(
        stop_signal="SIGQUIT",
        stop_timeout="30s",
        restart_delay="2s",
        restart_limit=RestartLimit(starts=5, within="1min"),
    )

    @define(Process.flags)
    def _flags(self) -> dict[str, str]:
        config = self.config_data["nginx.conf"].path
        return {"p": self.directories.runtime.path, "e": "stderr", "c": config}

    @define(Lifecycle.before_start)
    def _test(self) -> list[list[str]]:
        return [[*self.process.argv, "-t", "-q"]]

    @define(Service.config_data["nginx.conf"])
    def _config(self) -> ConfigFile:
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        folders = "".join(f"  {kind}_temp_path {kind};\n" for kind in kinds)
        tls = self[SelfSigned]
        server = (
            f"    listen 127.0.0.1:{self.port} ssl;\n"
            f"    ssl_certificate {tls.certificate};\n    ssl_certificate_key {tls.key};\n"
            f'    return 200 "{self.answer}\\n";\n'
        )
        http = f"{folders}  access_log off;\n  server {{\n{server}  }}\n"
        return ConfigFile(text=f"daemon off;\npid nginx.pid;\nevents {{}}\nhttp {{\n{http}}}\n")


host = Host(services={"front": Front(imports=[SelfSigned(domain="example.org")])})
