"""Texts with specifiers where none are expanded, and settings that the manager does not have."""

from __future__ import annotations

from pathlib import Path

from modsvc_dsl import HostSystemd, Process, Unit, environment_assignment, specifiers

Process(argv=["/bin/a", specifiers("%i")])  # refused
Process(environment={"A": specifiers("%i")})  # refused
Process(working_directory=specifiers("%h"))  # refused
Unit(service={"MemoryMax": specifiers("%i")})  # refused
Unit(service={"Restart": specifiers("%i")})  # refused
Unit(service={"LogFilterPatterns": [specifiers("%i")]})  # refused
Unit(timer={"Persistent": specifiers("%i")})  # refused
text: str = specifiers("%i")  # refused
joined: str = "a" + specifiers("%i")  # refused
path: Path = Path("/srv") / specifiers("%i")  # refused
listed: str = ", ".join([specifiers("%i")])  # refused
specifiers(Path("/srv/%i"))  # refused
specifiers("%i") + 5  # refused
value: str = environment_assignment("A", specifiers("%i"))  # refused
HostSystemd(settings={"DefaultTimeoutStopSecs": "20s"})  # refused
HostSystemd(settings={"LogTarget": "paper"})  # refused
HostSystemd(settings={"DumpCore": "maybe"})  # refused
HostSystemd(settings={"WatchdogDevice": specifiers("/dev/%i")})  # refused
