"""The sections of units and of the manager, typed.

Made by `python3 -m scripts.directives` from systemd 252 and 257: do not edit. In: nothing. Out: types
for checkers; nothing imports this file while a program runs. Refuses to know what a value becomes.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from modsvc_dsl.managers.systemd.directives.choices import (
    Amount,
    Boolean,
    CgroupPressureWatchChoice,
    CollectModeChoice,
    Command,
    CommandsOrSpecifiers,
    ConditionsOrSpecifiers,
    CrashActionChoice,
    EmergencyActionChoice,
    ExecPreserveModeChoice,
    Integer,
    IpTosChoice,
    JobModeChoice,
    LogTargetChoice,
    ManagerExecOutputChoice,
    ManagerLogLevelChoice,
    MpolChoice,
    NotifyAccessChoice,
    Numbers,
    NumbersOrSpecifiers,
    OomPolicyChoice,
    RuntimeWatchdogPreGovernorChoice,
    ServiceExitTypeChoice,
    ServiceRestartChoice,
    ServiceRestartModeChoice,
    ServiceTimeoutFailureModeChoice,
    ServiceTypeChoice,
    ShowStatusChoice,
    SocketAddressBindIpv6OnlyChoice,
    SocketProtocolChoice,
    SocketTimestampingChoice,
    Span,
    SpansOrSpecifiers,
    StatusUnitFormatChoice,
    Text,
    Texts,
    TextsOrSpecifiers,
)
from modsvc_dsl.managers.systemd.specifiers import Specifiers
from modsvc_dsl.managers.systemd.directives.contexts import (
    ExecContext,
    ControlGroupContext,
    KillContext,
)


class UnitSection(TypedDict, total=False):
    """Directives of [Unit]."""

    Description: Text | Specifiers
    Documentation: TextsOrSpecifiers
    SourcePath: Text | Specifiers
    Requires: CommandsOrSpecifiers
    Requisite: CommandsOrSpecifiers
    Wants: CommandsOrSpecifiers
    BindsTo: CommandsOrSpecifiers
    BindTo: CommandsOrSpecifiers
    Upholds: CommandsOrSpecifiers
    Conflicts: CommandsOrSpecifiers
    Before: CommandsOrSpecifiers
    After: CommandsOrSpecifiers
    OnSuccess: CommandsOrSpecifiers
    OnFailure: CommandsOrSpecifiers
    PropagatesReloadTo: CommandsOrSpecifiers
    PropagateReloadTo: CommandsOrSpecifiers
    ReloadPropagatedFrom: CommandsOrSpecifiers
    PropagateReloadFrom: CommandsOrSpecifiers
    PropagatesStopTo: CommandsOrSpecifiers
    StopPropagatedFrom: CommandsOrSpecifiers
    PartOf: CommandsOrSpecifiers
    JoinsNamespaceOf: CommandsOrSpecifiers
    RequiresOverridable: CommandsOrSpecifiers
    RequisiteOverridable: CommandsOrSpecifiers
    RequiresMountsFor: TextsOrSpecifiers
    StopWhenUnneeded: Boolean
    RefuseManualStart: Boolean
    RefuseManualStop: Boolean
    AllowIsolate: Boolean
    DefaultDependencies: Boolean
    OnSuccessJobMode: JobModeChoice
    OnFailureJobMode: JobModeChoice
    OnFailureIsolate: Boolean
    IgnoreOnIsolate: Boolean
    JobTimeoutSec: Span
    JobRunningTimeoutSec: Span
    JobTimeoutAction: EmergencyActionChoice
    JobTimeoutRebootArgument: Text | Specifiers
    StartLimitIntervalSec: Span
    StartLimitInterval: Span
    StartLimitBurst: Integer
    StartLimitAction: EmergencyActionChoice
    FailureAction: EmergencyActionChoice
    SuccessAction: EmergencyActionChoice
    FailureActionExitStatus: Integer | Literal[""]
    SuccessActionExitStatus: Integer | Literal[""]
    RebootArgument: Text | Specifiers
    ConditionPathExists: ConditionsOrSpecifiers
    ConditionPathExistsGlob: ConditionsOrSpecifiers
    ConditionPathIsDirectory: ConditionsOrSpecifiers
    ConditionPathIsSymbolicLink: ConditionsOrSpecifiers
    ConditionPathIsMountPoint: ConditionsOrSpecifiers
    ConditionPathIsReadWrite: ConditionsOrSpecifiers
    ConditionPathIsEncrypted: ConditionsOrSpecifiers
    ConditionDirectoryNotEmpty: ConditionsOrSpecifiers
    ConditionFileNotEmpty: ConditionsOrSpecifiers
    ConditionFileIsExecutable: ConditionsOrSpecifiers
    ConditionNeedsUpdate: ConditionsOrSpecifiers
    ConditionFirstBoot: ConditionsOrSpecifiers
    ConditionArchitecture: ConditionsOrSpecifiers
    ConditionFirmware: ConditionsOrSpecifiers
    ConditionVirtualization: ConditionsOrSpecifiers
    ConditionHost: ConditionsOrSpecifiers
    ConditionKernelCommandLine: ConditionsOrSpecifiers
    ConditionKernelVersion: ConditionsOrSpecifiers
    ConditionCredential: ConditionsOrSpecifiers
    ConditionSecurity: ConditionsOrSpecifiers
    ConditionCapability: ConditionsOrSpecifiers
    ConditionACPower: ConditionsOrSpecifiers
    ConditionMemory: ConditionsOrSpecifiers
    ConditionCPUFeature: ConditionsOrSpecifiers
    ConditionCPUs: ConditionsOrSpecifiers
    ConditionEnvironment: ConditionsOrSpecifiers
    ConditionUser: ConditionsOrSpecifiers
    ConditionGroup: ConditionsOrSpecifiers
    ConditionControlGroupController: ConditionsOrSpecifiers
    ConditionOSRelease: ConditionsOrSpecifiers
    ConditionMemoryPressure: ConditionsOrSpecifiers
    ConditionCPUPressure: ConditionsOrSpecifiers
    ConditionIOPressure: ConditionsOrSpecifiers
    AssertPathExists: ConditionsOrSpecifiers
    AssertPathExistsGlob: ConditionsOrSpecifiers
    AssertPathIsDirectory: ConditionsOrSpecifiers
    AssertPathIsSymbolicLink: ConditionsOrSpecifiers
    AssertPathIsMountPoint: ConditionsOrSpecifiers
    AssertPathIsReadWrite: ConditionsOrSpecifiers
    AssertPathIsEncrypted: ConditionsOrSpecifiers
    AssertDirectoryNotEmpty: ConditionsOrSpecifiers
    AssertFileNotEmpty: ConditionsOrSpecifiers
    AssertFileIsExecutable: ConditionsOrSpecifiers
    AssertNeedsUpdate: ConditionsOrSpecifiers
    AssertFirstBoot: ConditionsOrSpecifiers
    AssertArchitecture: ConditionsOrSpecifiers
    AssertVirtualization: ConditionsOrSpecifiers
    AssertHost: ConditionsOrSpecifiers
    AssertKernelCommandLine: ConditionsOrSpecifiers
    AssertKernelVersion: ConditionsOrSpecifiers
    AssertCredential: ConditionsOrSpecifiers
    AssertSecurity: ConditionsOrSpecifiers
    AssertCapability: ConditionsOrSpecifiers
    AssertACPower: ConditionsOrSpecifiers
    AssertMemory: ConditionsOrSpecifiers
    AssertCPUFeature: ConditionsOrSpecifiers
    AssertCPUs: ConditionsOrSpecifiers
    AssertEnvironment: ConditionsOrSpecifiers
    AssertUser: ConditionsOrSpecifiers
    AssertGroup: ConditionsOrSpecifiers
    AssertControlGroupController: ConditionsOrSpecifiers
    AssertOSRelease: ConditionsOrSpecifiers
    AssertMemoryPressure: ConditionsOrSpecifiers
    AssertCPUPressure: ConditionsOrSpecifiers
    AssertIOPressure: ConditionsOrSpecifiers
    CollectMode: CollectModeChoice
    WantsMountsFor: TextsOrSpecifiers  # since 256
    SurviveFinalKillSignal: Boolean  # since 255


class ServiceSection(ExecContext, ControlGroupContext, KillContext, total=False):
    """Directives of [Service]."""

    PIDFile: Text | Specifiers
    ExecCondition: CommandsOrSpecifiers
    ExecStartPre: CommandsOrSpecifiers
    ExecStart: CommandsOrSpecifiers
    ExecStartPost: CommandsOrSpecifiers
    ExecReload: CommandsOrSpecifiers
    ExecStop: CommandsOrSpecifiers
    ExecStopPost: CommandsOrSpecifiers
    RestartSec: Span
    TimeoutSec: Span
    TimeoutStartSec: Span
    TimeoutStopSec: Span
    TimeoutAbortSec: Span
    TimeoutStartFailureMode: ServiceTimeoutFailureModeChoice
    TimeoutStopFailureMode: ServiceTimeoutFailureModeChoice
    RuntimeMaxSec: Span
    RuntimeRandomizedExtraSec: Span
    WatchdogSec: Span
    StartLimitInterval: Span
    StartLimitBurst: Integer
    StartLimitAction: EmergencyActionChoice
    FailureAction: EmergencyActionChoice
    RebootArgument: Text | Specifiers
    Type: ServiceTypeChoice
    ExitType: ServiceExitTypeChoice
    Restart: ServiceRestartChoice
    PermissionsStartOnly: Boolean
    RootDirectoryStartOnly: Boolean
    RemainAfterExit: Boolean
    GuessMainPID: Boolean
    RestartPreventExitStatus: Numbers
    RestartForceExitStatus: Numbers
    SuccessExitStatus: Numbers
    NonBlocking: Boolean
    BusName: Text | Specifiers
    FileDescriptorStoreMax: Integer
    NotifyAccess: NotifyAccessChoice
    Sockets: CommandsOrSpecifiers
    USBFunctionDescriptors: Text | Specifiers
    USBFunctionStrings: Text | Specifiers
    OOMPolicy: OomPolicyChoice
    RestartSteps: Integer  # since 254
    RestartMaxDelaySec: Span  # since 254
    RestartMode: ServiceRestartModeChoice  # since 254
    FileDescriptorStorePreserve: ExecPreserveModeChoice  # since 254
    OpenFile: Texts  # since 253
    ReloadSignal: Amount  # since 253


class SocketSection(ExecContext, ControlGroupContext, KillContext, total=False):
    """Directives of [Socket]."""

    ExecStartPre: CommandsOrSpecifiers
    ExecStartPost: CommandsOrSpecifiers
    ExecStopPost: CommandsOrSpecifiers
    TimeoutSec: Span
    ListenStream: NumbersOrSpecifiers
    ListenDatagram: NumbersOrSpecifiers
    ListenSequentialPacket: NumbersOrSpecifiers
    ListenFIFO: NumbersOrSpecifiers
    ListenNetlink: NumbersOrSpecifiers
    ListenSpecial: NumbersOrSpecifiers
    ListenMessageQueue: NumbersOrSpecifiers
    ListenUSBFunction: NumbersOrSpecifiers
    SocketProtocol: SocketProtocolChoice
    BindIPv6Only: SocketAddressBindIpv6OnlyChoice
    Backlog: Integer
    BindToDevice: Text
    ExecStopPre: CommandsOrSpecifiers
    SocketUser: Amount | Specifiers
    SocketGroup: Amount | Specifiers
    SocketMode: Amount
    DirectoryMode: Amount
    Accept: Boolean
    FlushPending: Boolean
    Writable: Boolean
    MaxConnections: Integer
    MaxConnectionsPerSource: Integer
    KeepAlive: Boolean
    KeepAliveTimeSec: Span
    KeepAliveIntervalSec: Span
    KeepAliveProbes: Integer
    DeferAcceptSec: Span
    NoDelay: Boolean
    Priority: Integer
    ReceiveBuffer: Amount
    SendBuffer: Amount
    IPTOS: IpTosChoice
    IPTTL: Integer
    Mark: Integer
    PipeSize: Amount
    FreeBind: Boolean
    Transparent: Boolean
    Broadcast: Boolean
    PassCredentials: Boolean
    PassSecurity: Boolean
    PassPacketInfo: Boolean
    Timestamping: SocketTimestampingChoice
    TCPCongestion: Text
    ReusePort: Boolean
    MessageQueueMaxMessages: Integer
    MessageQueueMessageSize: Integer
    RemoveOnStop: Boolean
    Symlinks: TextsOrSpecifiers
    FileDescriptorName: Text | Specifiers
    Service: Command | Specifiers
    TriggerLimitIntervalSec: Span
    TriggerLimitBurst: Integer
    SmackLabel: Text | Specifiers
    SmackLabelIPIn: Text | Specifiers
    SmackLabelIPOut: Text | Specifiers
    SELinuxContextFromNet: Boolean
    PassFileDescriptorsToExec: Boolean  # since 256
    PollLimitIntervalSec: Span  # since 255
    PollLimitBurst: Integer  # since 255


class TimerSection(TypedDict, total=False):
    """Directives of [Timer]."""

    OnCalendar: CommandsOrSpecifiers
    OnActiveSec: SpansOrSpecifiers
    OnBootSec: SpansOrSpecifiers
    OnStartupSec: SpansOrSpecifiers
    OnUnitActiveSec: SpansOrSpecifiers
    OnUnitInactiveSec: SpansOrSpecifiers
    OnClockChange: Boolean
    OnTimezoneChange: Boolean
    Persistent: Boolean
    WakeSystem: Boolean
    RemainAfterElapse: Boolean
    FixedRandomDelay: Boolean
    AccuracySec: Span
    RandomizedDelaySec: Span
    Unit: Command | Specifiers
    DeferReactivation: Boolean  # since 257


class PathSection(TypedDict, total=False):
    """Directives of [Path]."""

    DirectoryMode: Amount
    Unit: Command | Specifiers
    PathExists: TextsOrSpecifiers
    PathExistsGlob: TextsOrSpecifiers
    PathChanged: TextsOrSpecifiers
    PathModified: TextsOrSpecifiers
    DirectoryNotEmpty: TextsOrSpecifiers
    MakeDirectory: Boolean
    TriggerLimitIntervalSec: Span
    TriggerLimitBurst: Integer


class MountSection(ExecContext, ControlGroupContext, KillContext, total=False):
    """Directives of [Mount]."""

    TimeoutSec: Span
    DirectoryMode: Amount
    What: Text | Specifiers
    Where: Text | Specifiers
    Options: Text | Specifiers
    Type: Text | Specifiers
    SloppyOptions: Boolean
    LazyUnmount: Boolean
    ForceUnmount: Boolean
    ReadWriteOnly: Boolean


class AutomountSection(TypedDict, total=False):
    """Directives of [Automount]."""

    DirectoryMode: Amount
    Where: Text | Specifiers
    ExtraOptions: Text | Specifiers
    TimeoutIdleSec: Span


class SwapSection(ExecContext, ControlGroupContext, KillContext, total=False):
    """Directives of [Swap]."""

    TimeoutSec: Span
    What: Text | Specifiers
    Priority: Integer
    Options: Text | Specifiers


class SliceSection(ControlGroupContext, total=False):
    """Directives of [Slice]."""


class ScopeSection(ControlGroupContext, KillContext, total=False):
    """Directives of [Scope]."""

    RuntimeRandomizedExtraSec: Span
    RuntimeMaxSec: Span
    TimeoutStopSec: Span
    OOMPolicy: OomPolicyChoice


class InstallSection(TypedDict, total=False):
    """Directives of [Install]."""

    Alias: CommandsOrSpecifiers
    WantedBy: CommandsOrSpecifiers
    RequiredBy: CommandsOrSpecifiers
    Also: CommandsOrSpecifiers
    DefaultInstance: Text | Specifiers
    UpheldBy: CommandsOrSpecifiers  # not in every version


class ManagerSection(TypedDict, total=False):
    """Settings of the manager."""

    NUMAPolicy: MpolChoice
    NUMAMask: Numbers
    SystemCallArchitectures: Texts
    LogLevel: ManagerLogLevelChoice
    LogTarget: LogTargetChoice
    LogColor: Boolean
    LogLocation: Boolean
    LogTime: Boolean
    DumpCore: Boolean
    CrashChVT: Integer | bool
    CrashChangeVT: Integer | bool
    CrashShell: Boolean
    CrashReboot: Boolean | Literal[""]
    ShowStatus: ShowStatusChoice
    StatusUnitFormat: StatusUnitFormatChoice
    CPUAffinity: Numbers
    RuntimeWatchdogSec: Span
    RuntimeWatchdogPreSec: Span
    RebootWatchdogSec: Span
    ShutdownWatchdogSec: Span
    KExecWatchdogSec: Span
    WatchdogDevice: Text
    RuntimeWatchdogPreGovernor: RuntimeWatchdogPreGovernorChoice
    CapabilityBoundingSet: Texts
    NoNewPrivileges: Boolean
    TimerSlackNSec: Span
    DefaultTimerAccuracySec: Span
    DefaultStandardOutput: ManagerExecOutputChoice
    DefaultStandardError: ManagerExecOutputChoice
    DefaultTimeoutStartSec: Span
    DefaultTimeoutStopSec: Span
    DefaultTimeoutAbortSec: Span
    DefaultDeviceTimeoutSec: Span
    DefaultRestartSec: Span
    DefaultStartLimitInterval: Span
    DefaultStartLimitIntervalSec: Span
    DefaultStartLimitBurst: Integer
    DefaultEnvironment: CommandsOrSpecifiers
    ManagerEnvironment: CommandsOrSpecifiers
    DefaultLimitCPU: Amount
    DefaultLimitFSIZE: Amount
    DefaultLimitDATA: Amount
    DefaultLimitSTACK: Amount
    DefaultLimitCORE: Amount
    DefaultLimitRSS: Amount
    DefaultLimitNOFILE: Amount
    DefaultLimitAS: Amount
    DefaultLimitNPROC: Amount
    DefaultLimitMEMLOCK: Amount
    DefaultLimitLOCKS: Amount
    DefaultLimitSIGPENDING: Amount
    DefaultLimitMSGQUEUE: Amount
    DefaultLimitNICE: Amount
    DefaultLimitRTPRIO: Amount
    DefaultLimitRTTIME: Amount
    DefaultCPUAccounting: Boolean
    DefaultIOAccounting: Boolean
    DefaultIPAccounting: Boolean
    DefaultBlockIOAccounting: Boolean
    DefaultMemoryAccounting: Boolean
    DefaultTasksAccounting: Boolean
    DefaultTasksMax: Amount
    CtrlAltDelBurstAction: EmergencyActionChoice
    DefaultOOMPolicy: OomPolicyChoice
    DefaultOOMScoreAdjust: Integer | Literal[""]
    DefaultSmackProcessLabel: Text
    CrashAction: CrashActionChoice  # not in every version
    ProtectSystem: Boolean | Literal[""]  # since 256
    DefaultMemoryPressureThresholdSec: Span  # since 254
    DefaultMemoryPressureWatch: CgroupPressureWatchChoice  # since 254
    ReloadLimitIntervalSec: Span  # since 253
    ReloadLimitBurst: Integer  # since 253
