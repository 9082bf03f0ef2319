"""The facade: the names that users may rely on, and nothing else.

In: every room of the library. Out: their public names. Refuses to define anything. Users import
them from the package itself, which loads this file when the first of them is asked for.
"""

from __future__ import annotations

from .fleet.build import Built, build
from .fleet.evaluation import evaluate
from .fleet.host import Fleet, Host
from .fleet.parallel import Distributed, InFile, distribute
from .fleet.linting import lint
from .fleet.systemd_host import SystemdHost
from .fleet.validation import Validated, validate
from .language.result.changing import changed, gathered
from .language.result.check import check, find_mistakes, find_warnings
from .language.evaluation.configuration import data, json_data
from .language.declaration.constructor import module
from .language.definition import Definition
from .language.arguments import flatten
from .language.errors import Mistake, Mistakes
from .language.evaluation.evaluate import argument, evaluate_all, extend, root_of
from .language.result.forwarding import forwarded
from .language.evaluation.history import (
    OptionFacts,
    Told,
    has_option,
    history,
    is_defined,
    option_facts,
)
from .language.declaration.importing import imports
from .language.result.made_of import MadeOf, made_of
from .language.declaration.module import Module, define
from .language.result.module_graph import ModuleInGraph, module_graph
from .language.declaration.option import option, read_only
from .language.properties import (
    after,
    before,
    default,
    force,
    later,
    located,
    merged,
    order,
    override,
    when,
)
from .language.evaluation.provided import module_arguments, undeclared_refused
from .language.evaluation.renaming import Assertion, alias, removed, renamed
from .language.result.schema import json_schema
from .language.result.skipped import Skipped, find_skipped
from .language.evaluation.snapshot import Snapshot, left_out
from .language.types.combinators import (
    dict_of,
    first_of,
    list_of,
    one_of,
    one_of_values,
    optional,
    refined,
    separated,
    submodule,
    tagged,
)
from .language.types.duration import duration
from .language.types.option_type import OptionType, Spot
from .language.types.refinements import (
    Above,
    AbsolutePath,
    AnyData,
    Between,
    BoolByOr,
    Coerced,
    Commas,
    Deferred,
    Duration,
    Entries,
    HeldAnnotation,
    JoinedBy,
    JsonData,
    KeyName,
    LazyEntries,
    LineOfText,
    Lines,
    Matching,
    Named,
    NonEmpty,
    NonEmptyStr,
    NoType,
    OneKey,
    Passing,
    PathKind,
    Percent,
    Port,
    Positive,
    RawValue,
    Ref,
    Refinement,
    RelativePath,
    S16,
    S32,
    S8,
    SearchPath,
    ShallowDict,
    SingleLine,
    Size,
    Strict,
    StrictFloat,
    SubmoduleOf,
    TomlData,
    U16,
    U32,
    U8,
    Unique,
    Unsigned,
)
from .language.types.percent import percent
from .language.types.size import size
from .lints.rule import Finding
from .managers.manager import Manager
from .managers.supervisor.manager import SupervisorManager
from .managers.systemd.host_options import HostSystemd, ManagerSection
from .managers.systemd.manager import SystemdManager
from .managers.systemd.quoting import environment_assignment, exec_line
from .managers.systemd.rules import SysusersRule, TmpfilesRule
from .managers.systemd.specifiers import Specifiers, specifiers
from .managers.systemd.systemd import Systemd, SystemdService, systemd
from .managers.systemd.unit import (
    AutomountSection,
    InstallSection,
    MountSection,
    PathSection,
    ServiceSection,
    SliceSection,
    SocketSection,
    SwapSection,
    TimerSection,
    Unit,
    UnitSection,
)
from .managers.tree import File, Link
from .services.values.address import InetSocket
from .services.values.calendar_option import at
from .services.values.command import Command, Run
from .services.groups.config_data import ConfigFile
from .services.dependency import needs, uses
from .services.groups.directories import Directories, Directory
from .services.values.environment_file import OptionalFile
from .services.values.flag_format import FlagFormat, FlagValue
from .services.formats.ini import Ini
from .services.formats.key_value import KeyValue
from .services.values.endpoint import Endpoint, HttpEndpoint, SocketEndpoint, TcpEndpoint
from .services.groups.endpoints import Endpoints, Wants, endpoint
from .services.groups.hardening import Hardening
from .services.host_unit import host_unit
from .services.groups.lifecycle import Lifecycle, RestartLimit
from .services.groups.logging import Logging
from .services.groups.metadata import Meta, NotificationProtocol
from .services.groups.network import ListenPort, Network, Socket, tcp, udp
from .services.groups.process import Process
from .services.profiles import (
    Hardened,
    JustInTime,
    LocalOnly,
    Monitoring,
    Networked,
    Offline,
    Trusted,
    Unconfined,
)
from .services.groups.resources import Resources
from .services.groups.schedule import Schedule
from .services.values.secret import (
    Secret,
    encrypted_secret,
    secret_command,
    secret_file,
    stored_secret,
)
from .services.service import Identity, Relations, Service
from .services.settings import Settings, settings
from .services.values.validator import ThisFile, this_file

__all__ = [
    "Above",
    "AbsolutePath",
    "AnyData",
    "Assertion",
    "AutomountSection",
    "Between",
    "BoolByOr",
    "Built",
    "Coerced",
    "Command",
    "Commas",
    "ConfigFile",
    "Deferred",
    "Definition",
    "Directories",
    "Directory",
    "Distributed",
    "Duration",
    "Endpoint",
    "Endpoints",
    "Entries",
    "File",
    "Finding",
    "FlagFormat",
    "FlagValue",
    "Fleet",
    "Hardened",
    "Hardening",
    "HeldAnnotation",
    "Host",
    "HostSystemd",
    "HttpEndpoint",
    "Identity",
    "InFile",
    "InetSocket",
    "Ini",
    "InstallSection",
    "JoinedBy",
    "JsonData",
    "JustInTime",
    "KeyName",
    "KeyValue",
    "LazyEntries",
    "Lifecycle",
    "LineOfText",
    "Lines",
    "Link",
    "ListenPort",
    "LocalOnly",
    "Logging",
    "MadeOf",
    "Manager",
    "ManagerSection",
    "Matching",
    "Meta",
    "Mistake",
    "Mistakes",
    "Module",
    "ModuleInGraph",
    "Monitoring",
    "MountSection",
    "Named",
    "Network",
    "Networked",
    "NoType",
    "NonEmpty",
    "NonEmptyStr",
    "NotificationProtocol",
    "Offline",
    "OneKey",
    "OptionFacts",
    "OptionType",
    "OptionalFile",
    "Passing",
    "PathKind",
    "PathSection",
    "Percent",
    "Port",
    "Positive",
    "Process",
    "RawValue",
    "Ref",
    "Refinement",
    "Relations",
    "RelativePath",
    "Resources",
    "RestartLimit",
    "Run",
    "S16",
    "S32",
    "S8",
    "Schedule",
    "SearchPath",
    "Secret",
    "Service",
    "ServiceSection",
    "Settings",
    "ShallowDict",
    "SingleLine",
    "Size",
    "Skipped",
    "SliceSection",
    "Snapshot",
    "Socket",
    "SocketEndpoint",
    "SocketSection",
    "Specifiers",
    "Spot",
    "Strict",
    "StrictFloat",
    "SubmoduleOf",
    "SupervisorManager",
    "SwapSection",
    "Systemd",
    "SystemdHost",
    "SystemdManager",
    "SystemdService",
    "SysusersRule",
    "TcpEndpoint",
    "ThisFile",
    "TimerSection",
    "TmpfilesRule",
    "Told",
    "TomlData",
    "Trusted",
    "U16",
    "U32",
    "U8",
    "Unconfined",
    "Unique",
    "Unit",
    "UnitSection",
    "Unsigned",
    "Validated",
    "Wants",
    "after",
    "alias",
    "argument",
    "at",
    "before",
    "build",
    "changed",
    "check",
    "data",
    "default",
    "define",
    "dict_of",
    "distribute",
    "duration",
    "encrypted_secret",
    "endpoint",
    "environment_assignment",
    "evaluate",
    "evaluate_all",
    "exec_line",
    "extend",
    "find_mistakes",
    "find_skipped",
    "find_warnings",
    "first_of",
    "flatten",
    "force",
    "forwarded",
    "gathered",
    "has_option",
    "history",
    "host_unit",
    "imports",
    "is_defined",
    "json_data",
    "json_schema",
    "later",
    "left_out",
    "lint",
    "list_of",
    "located",
    "made_of",
    "merged",
    "module",
    "module_arguments",
    "module_graph",
    "needs",
    "one_of",
    "one_of_values",
    "option",
    "option_facts",
    "optional",
    "order",
    "override",
    "percent",
    "read_only",
    "refined",
    "removed",
    "renamed",
    "root_of",
    "secret_command",
    "secret_file",
    "separated",
    "settings",
    "size",
    "specifiers",
    "stored_secret",
    "submodule",
    "systemd",
    "tagged",
    "tcp",
    "this_file",
    "udp",
    "undeclared_refused",
    "uses",
    "validate",
    "when",
]
