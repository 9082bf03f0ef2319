"""Names of users and groups that hosts have for something else.

In: nothing. Out: `HOST_NAMES` and `HOSTS_OWN`. systemd makes no user of its own where the host has one of the name: the
process is that user then (systemd.exec(5), DynamicUser=), and would be root with the name root. Nobody can
know all of a host's; these are those of most.
"""

from __future__ import annotations

_BASE = """
    root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc nobody adm tty disk
    kmem dialout fax voice cdrom floppy tape sudo audio dip operator src shadow utmp video sasl plugdev staff
    users nogroup halt shutdown ftp wheel lock http wwwrun
"""
"""Of Debian's base-passwd, and of what Fedora, Arch and openSUSE have in its place."""

_SYSTEM = """
    systemd-journal systemd-network systemd-resolve systemd-timesync systemd-coredump systemd-oom input sgx kvm
    render messagebus dbus polkitd sshd _ssh crontab netdev ssl-cert uuidd tss syslog tcpdump rpc rpcuser statd
    avahi colord rtkit lpadmin bluetooth saned pulse gdm lightdm sddm geoclue usbmux nslcd sssd libvirt qemu
    docker lxd
"""
"""Of systemd, and of what hosts are run with."""

_DAEMONS = """
    chrony _chrony ntp postfix postdrop exim Debian-exim dovecot dovenull opendkim spamd clamav vmail mysql
    mariadb postgres redis valkey mongodb rabbitmq memcache memcached nginx apache haproxy varnish squid bind
    named unbound dnsmasq tor debian-tor prometheus grafana influxdb telegraf zabbix nagios munin elasticsearch
    etcd consul vault nomad jenkins gitlab-runner git gitea minio caddy traefik mosquitto openvpn ceph tomcat
    freerad radiusd openldap ldap transmission jellyfin syncthing znc
"""
"""Of packages of daemons whose names services have, too."""

HOSTS_OWN = frozenset(f"{_BASE} {_SYSTEM}".split())
"""Those that mean something else wherever they are, and no service."""

HOST_NAMES = HOSTS_OWN | frozenset(_DAEMONS.split())
"""None of them is the name of a user that is made while a service runs."""

ENDINGS = frozenset(
    name[at:] for name in HOST_NAMES for at in range(len(name)) if at == 0 or name[at - 1] == "-"
)
"""Those and what stands behind a dash in them: the last name on the path of a service whose names, joined by
dashes, are one."""
