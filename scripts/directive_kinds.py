"""What each parser function of systemd takes: the hand-kept half of the tables of directives.

In: nothing. Out: `KINDS`, from the name of a parser in `load-fragment-gperf.gperf.in` to a `Kind`,
and `SUCCESSORS`, what replaced a directive that is kept for old units only. Refuses to know
sections and versions. Every entry was read off the parser's C code in systemd 252 and 257; a parser
that is missing here stops the script, so a new systemd cannot slip in untyped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Kind:
    """The values of one parser.

    `name` is a word of the vocabulary in `modsvc_dsl/managers/systemd/directives/table.py`, `many`
    says that assignments add up, `words` that one assignment holds several values between blanks.
    `strings` names a string table in the C source with the values of an enum, of which `unlisted`
    are left out; `boolean` adds yes and no, `also` single words, `prefixes` beginnings of longer
    values (or, for paths, marks in front), `percent` percentages and `numbers` integers. Paths are
    absolute unless `relative`. Where specifiers are expanded, they are only in front of the first
    `expanded_before` of a word, or of a value that has no words.
    """

    name: str
    many: bool = False
    words: bool = False
    strings: str = ""
    values: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    boolean: bool = False
    also: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    percent: bool = False
    numbers: bool = False
    relative: bool = False
    expanded_before: str = ""


BOOLEAN = Kind("boolean")
TEXT = Kind("text")
TEXTS = Kind("text", many=True)
WORDS = Kind("text", many=True, words=True)
PATH = Kind("path")
SECONDS = Kind("seconds")
NUMBERS = Kind("text", many=True, words=True, numbers=True)


def _enum(strings: str) -> Kind:
    return Kind("enum", strings=strings)


def _whole(minimum: int | None = None, maximum: int | None = None) -> Kind:
    unsigned = minimum is not None and minimum >= 0
    return Kind("unsigned" if unsigned else "integer", minimum=minimum, maximum=maximum)


WEIGHT = _whole(1, 10000)  # CGROUP_WEIGHT_MIN, CGROUP_WEIGHT_MAX
SHARES = _whole(2, 262144)  # CGROUP_CPU_SHARES_MIN, CGROUP_CPU_SHARES_MAX
BLOCK_WEIGHT = _whole(10, 1000)  # CGROUP_BLKIO_WEIGHT_MIN, CGROUP_BLKIO_WEIGHT_MAX

KINDS: dict[str, Kind] = {
    "NULL": Kind("unit", many=True, words=True),  # [Install], which systemctl reads
    "address_families": WORDS,
    "allowed_cpuset": NUMBERS,
    "bind_paths": WORDS,
    "blockio_bandwidth": TEXTS,
    "blockio_device_weight": TEXTS,
    "blockio_weight": BLOCK_WEIGHT,
    "bool": BOOLEAN,
    "bpf_foreign_program": TEXTS,
    "bus_name": TEXT,
    "capability_set": WORDS,
    "cg_cpu_weight": replace(WEIGHT, also=("idle",)),
    "cg_weight": WEIGHT,
    "cgroup_nft_set": WORDS,
    "cgroup_socket_bind": TEXTS,
    "collect_mode": _enum("collect_mode"),
    "colon_separated_paths": Kind("path", many=True),
    "color": BOOLEAN,
    "cpu_affinity2": NUMBERS,
    "cpu_quota": Kind("percent"),
    "cpu_shares": SHARES,
    "crash_action": _enum("crash_action"),
    "crash_chvt": replace(_whole(-1, 63), boolean=True),  # a virtual terminal; -1 is none
    "crash_reboot": BOOLEAN,
    "default_timeout_abort": SECONDS,
    "delegate": Kind("text", many=True, words=True, boolean=True),
    "delegate_subgroup": TEXT,
    "device_allow": TEXTS,
    "device_policy": _enum("cgroup_device_policy"),
    "disable_controllers": WORDS,
    "documentation": Kind("uri", many=True, words=True),
    "emergency_action": _enum("emergency_action"),
    "environ": Kind("environment", many=True, words=True),
    "exec": Kind("exec", many=True),
    "exec_apparmor_profile": TEXT,
    "exec_coredump_filter": WORDS,
    "exec_cpu_affinity": NUMBERS,
    "exec_cpu_sched_policy": replace(_enum("sched_policy"), numbers=True),
    "exec_cpu_sched_prio": _whole(1, 99),
    "exec_directories": Kind("path", many=True, words=True, relative=True),
    "exec_input": replace(
        _enum("exec_input"), unlisted=("file",), prefixes=("file:", "fd:")
    ),  # a bare "file" names none
    "exec_input_data": TEXTS,
    "exec_input_text": TEXTS,
    "exec_io_class": replace(_enum("ioprio_class"), numbers=True),
    "exec_io_priority": _whole(0, 7),
    "exec_keyring_mode": _enum("exec_keyring_mode"),
    "exec_mount_apivfs": BOOLEAN,
    # mount_propagation_flag_from_string compares, it has no table
    "exec_mount_flags": Kind("enum", values=("shared", "slave", "private")),
    "exec_mount_propagation_flag": Kind("enum", values=("shared", "slave", "private")),
    "exec_nice": _whole(-20, 19),
    "exec_oom_score_adjust": _whole(-1000, 1000),
    "exec_output": replace(
        _enum("exec_output"),
        unlisted=("file", "append", "truncate"),
        prefixes=("file:", "append:", "truncate:", "fd:"),
    ),
    "exec_preserve_mode": _enum("exec_preserve_mode"),
    "exec_root_hash": TEXT,
    "exec_root_hash_sig": TEXT,
    "exec_secure_bits": WORDS,
    "exec_selinux_context": TEXT,
    "exec_smack_process_label": TEXT,
    "exec_utmp_mode": _enum("exec_utmp_mode"),
    "exit_status": _whole(0, 255),
    "extension_images": WORDS,
    "fdname": TEXT,
    "iec_size": Kind("size"),
    "image_policy": Kind("policy"),
    "import_credential": replace(TEXTS, expanded_before=":"),
    "in_addr_prefixes": WORDS,
    "int": _whole(),
    "io_device_latency": TEXTS,
    "io_device_weight": TEXTS,
    "io_limit": TEXTS,
    "ip_filter_bpf_progs": Kind("path", many=True),
    "ip_tos": replace(_enum("ip_tos"), numbers=True),
    "job_mode": _enum("job_mode"),
    "job_mode_isolate": BOOLEAN,
    "job_running_timeout_sec": SECONDS,
    "job_timeout_sec": SECONDS,
    "kill_mode": _enum("kill_mode"),
    "level2": replace(_enum("log_level"), numbers=True),
    "load_credential": TEXTS,
    "location": BOOLEAN,
    "log_extra_fields": WORDS,
    "log_facility": replace(_enum("log_facility_unshifted"), numbers=True),
    "log_filter_patterns": TEXTS,
    "log_level": replace(_enum("log_level"), numbers=True),
    "log_namespace": TEXT,
    "long": _whole(),
    "managed_oom_mem_pressure_duration_sec": SECONDS,
    "managed_oom_mem_pressure_limit": Kind("percent", maximum=100),
    "managed_oom_mode": _enum("managed_oom_mode"),
    "managed_oom_preference": _enum("managed_oom_preference"),
    "memory_limit": Kind("size", also=("infinity",), percent=True),
    "memory_pressure_watch": _enum("cgroup_pressure_watch"),
    "mode": Kind("mode"),
    "mount_images": WORDS,
    "mount_node": TEXT,
    "namespace_path_strv": Kind("path", many=True, words=True, prefixes=("-", "+")),
    "notify_access": _enum("notify_access"),
    "nsec": Kind("nanoseconds"),
    "numa_mask": NUMBERS,
    "numa_policy": _enum("mpol"),
    "obsolete_unit_deps": Kind("unit", many=True, words=True),
    "oom_policy": _enum("oom_policy"),
    "oom_score_adjust": _whole(-1000, 1000),
    "open_file": TEXTS,
    "output_restricted": replace(
        _enum("exec_output"), unlisted=("socket", "fd", "file", "append", "truncate")
    ),
    "pass_environ": WORDS,
    "path": PATH,
    "path_spec": Kind("path", many=True),
    "personality": _enum("architecture"),  # of these, systemd takes those of the machine
    "pid_file": replace(PATH, relative=True),  # from /run on
    "private_pids": _enum("private_pids"),
    "private_tmp": _enum("private_tmp"),
    "private_users": _enum("private_users"),
    "proc_subset": _enum("proc_subset"),
    "protect_control_groups": _enum("protect_control_groups"),
    "protect_home": _enum("protect_home"),
    "protect_proc": _enum("protect_proc"),
    "protect_system": _enum("protect_system"),
    "protect_system_pid1": Kind("boolean", also=("auto",)),
    "reboot_parameter": TEXT,
    "restrict_filesystems": WORDS,
    "restrict_namespaces": Kind("text", many=True, words=True, boolean=True),
    "restrict_network_interfaces": WORDS,
    "rlimit": Kind("limit", also=("infinity",)),
    "root_image_options": WORDS,
    "runtime_preserve_mode": _enum("exec_preserve_mode"),
    "sec": SECONDS,
    "sec_def_infinity": SECONDS,
    "sec_fix_0": SECONDS,
    "service_exit_type": _enum("service_exit_type"),
    "service_restart": _enum("service_restart"),
    "service_restart_mode": _enum("service_restart_mode"),
    "service_sockets": Kind("unit", many=True, words=True),
    "service_timeout": SECONDS,
    "service_timeout_abort": SECONDS,
    "service_timeout_failure_mode": _enum("service_timeout_failure_mode"),
    "service_type": _enum("service_type"),
    "set_credential": replace(TEXTS, expanded_before=":"),
    "set_status": NUMBERS,
    "show_status": replace(_enum("show_status"), unlisted=("temporary",)),
    "signal": Kind("signal"),
    "socket_bind": replace(_enum("socket_address_bind_ipv6_only"), boolean=True),
    "socket_bindtodevice": TEXT,
    "socket_listen": replace(TEXTS, numbers=True),
    # parse_socket_protocol asks the C library for the number of a name and takes these
    "socket_protocol": Kind("enum", values=("udplite", "sctp", "mptcp")),
    "socket_service": Kind("unit"),
    "socket_timestamping": replace(_enum("socket_timestamping"), boolean=True),
    "status_unit_format": _enum("status_unit_format"),
    "string": TEXT,
    # of RuntimeWatchdogPreGovernor=: what pretimeout governors the kernel has
    "string CONFIG_PARSE_STRING_SAFE": Kind("enum", values=("noop", "panic")),
    "swap_priority": _whole(-1, 32767),
    "syscall_archs": WORDS,
    "syscall_errno": replace(TEXT, numbers=True),
    "syscall_filter": WORDS,
    "syscall_log": WORDS,
    "target": _enum("log_target"),
    "tasks_max": replace(_whole(1), also=("infinity",), percent=True),
    "temporary_filesystems": replace(WORDS, expanded_before=":"),
    "time": BOOLEAN,
    "timer": Kind("seconds", many=True),
    "timer TIMER_CALENDAR": Kind("calendar", many=True),
    "trigger_unit": Kind("unit"),
    "tristate": BOOLEAN,
    "tty_size": _whole(0),
    "unit_condition_path": Kind("condition", many=True),
    "unit_condition_string": Kind("condition", many=True),
    "unit_deps": Kind("unit", many=True, words=True),
    "unit_env_file": Kind("path", many=True, prefixes=("-",)),
    "unit_mounts_for": Kind("path", many=True, words=True),
    "unit_path_printf": PATH,
    "unit_path_strv_printf": Kind("path", many=True, words=True),
    "unit_requires_mounts_for": Kind("path", many=True, words=True),
    "unit_slice": Kind("unit"),
    "unit_string_printf": TEXT,
    "unset_environ": WORDS,
    "unsigned": _whole(0),
    "user_group_compat": Kind("user"),
    "user_group_strv_compat": Kind("user", many=True, words=True),
    "warn_compat": Kind("ignored"),
    "watchdog_sec": replace(SECONDS, also=("default", "off")),
    "working_directory": replace(PATH, also=("~", "-~"), prefixes=("-",)),
}

_TARGETS = ("console", "kmsg", "journal", "syslog")
_LEVELS = ("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")
_BY_TARGET = (*(f"{each}:" for each in _TARGETS), *(f"{each}," for each in _LEVELS))

SINCE: dict[int, dict[str, Kind]] = {
    # a list of levels by target (log_set_max_level_from_string)
    257: {"level2": replace(KINDS["level2"], prefixes=_BY_TARGET)},
}
"""What parsers take more of in newer versions, by the first table that has it."""

DEFAULT_INSTANCE = TEXT
"""`DefaultInstance=` shares the NULL parser of [Install], and is no unit."""

SUCCESSORS: dict[str, str] = {
    "Unit.BindTo": "BindsTo",
    "Unit.PropagateReloadTo": "PropagatesReloadTo",
    "Unit.PropagateReloadFrom": "ReloadPropagatedFrom",
    "Unit.RequiresOverridable": "Requires",
    "Unit.RequisiteOverridable": "Requisite",
    "Unit.OnFailureIsolate": "OnFailureJobMode",
    "Unit.StartLimitInterval": "StartLimitIntervalSec",
    "Unit.IgnoreOnSnapshot": "",  # snapshots are gone
    # Moved into [Unit], and read from here for old units.
    "Service.StartLimitInterval": "[Unit] StartLimitIntervalSec",
    "Service.StartLimitBurst": "[Unit] StartLimitBurst",
    "Service.StartLimitAction": "[Unit] StartLimitAction",
    "Service.FailureAction": "[Unit] FailureAction",
    "Service.RebootArgument": "[Unit] RebootArgument",
    "Service.PermissionsStartOnly": "",  # prefixes + and ! of single commands
    "Service.SysVStartPriority": "",
    "Service.BusPolicy": "",
    "Capabilities": "CapabilityBoundingSet",
    "ReadWriteDirectories": "ReadWritePaths",
    "ReadOnlyDirectories": "ReadOnlyPaths",
    "InaccessibleDirectories": "InaccessiblePaths",
    "MemoryLimit": "MemoryMax",
    "CPUShares": "CPUWeight",
    "StartupCPUShares": "StartupCPUWeight",
    "BlockIOAccounting": "IOAccounting",
    "BlockIOWeight": "IOWeight",
    "StartupBlockIOWeight": "StartupIOWeight",
    "BlockIODeviceWeight": "IODeviceWeight",
    "BlockIOReadBandwidth": "IOReadBandwidthMax",
    "BlockIOWriteBandwidth": "IOWriteBandwidthMax",
    "NetClass": "",
    "Manager.CrashChVT": "CrashChangeVT",
    "Manager.JoinControllers": "",
    "Manager.ShutdownWatchdogSec": "RebootWatchdogSec",
    "Manager.DefaultStartLimitInterval": "DefaultStartLimitIntervalSec",
    "Manager.DefaultBlockIOAccounting": "DefaultIOAccounting",
}
"""`Section.Name`, or a name wherever it stands -> what to write today ("" where nothing is)."""

EMPTY = frozenset(
    "NULL blockio_weight cg_cpu_weight cg_weight cpu_quota crash_action crash_reboot"
    " default_timeout_abort delegate_subgroup exec_apparmor_profile exec_cpu_sched_policy"
    " exec_io_class exec_io_priority exec_mount_apivfs exec_mount_flags exec_nice"
    " exec_oom_score_adjust exec_root_hash exec_root_hash_sig exec_selinux_context"
    " exec_smack_process_label exit_status fdname image_policy ip_tos kill_mode log_namespace"
    " managed_oom_mem_pressure_limit managed_oom_mode memory_limit mount_node numa_policy"
    " oom_score_adjust path personality pid_file protect_system_pid1 reboot_parameter"
    " sec_def_infinity service_timeout_abort socket_bindtodevice string syscall_errno"
    " tasks_max tristate tty_size unit_path_printf unit_string_printf user_group_compat"
    " working_directory".split()
)
"""Parsers of single values that take an empty one."""

UNDOCUMENTED = frozenset(
    {"DefaultMemoryLow", "DefaultMemoryMin", "Scope.TimeoutStopSec", "Manager.CrashReboot"}
)
"""Alive, though no entry of a manual page names them: everything else without one is legacy."""
