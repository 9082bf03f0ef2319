"""The sections of units, typed.

Made by `python3 -m scripts.directives` from systemd 252 and 257: do not edit. In: nothing. Out: types
for checkers; nothing imports this file while a program runs. Refuses to know what a value becomes.
"""

from __future__ import annotations

from typing import TypedDict

from modsvc_dsl.managers.systemd.directives.choices import (
    Amount,
    Boolean,
    CollectModeChoice,
    Command,
    Commands,
    Conditions,
    EmergencyActionChoice,
    ExecPreserveModeChoice,
    Integer,
    IpTosChoice,
    JobModeChoice,
    NotifyAccessChoice,
    Numbers,
    OomPolicyChoice,
    ServiceExitTypeChoice,
    ServiceRestartChoice,
    ServiceRestartModeChoice,
    ServiceTimeoutFailureModeChoice,
    ServiceTypeChoice,
    SocketAddressBindIpv6OnlyChoice,
    SocketProtocolChoice,
    SocketTimestampingChoice,
    Span,
    Spans,
    Text,
    Texts,
)
from modsvc_dsl.managers.systemd.directives.contexts import (
    ExecContext,
    ControlGroupContext,
    KillContext,
)


class UnitSection(TypedDict, total=False):
    """Directives of [Unit]."""

    Description: Text
    Documentation: Texts
    SourcePath: Text
    Requires: Commands
    Requisite: Commands
    Wants: Commands
    BindsTo: Commands
    BindTo: Commands
    Upholds: Commands
    Conflicts: Commands
    Before: Commands
    After: Commands
    OnSuccess: Commands
    OnFailure: Commands
    PropagatesReloadTo: Commands
    PropagateReloadTo: Commands
    ReloadPropagatedFrom: Commands
    PropagateReloadFrom: Commands
    PropagatesStopTo: Commands
    StopPropagatedFrom: Commands
    PartOf: Commands
    JoinsNamespaceOf: Commands
    RequiresOverridable: Commands
    RequisiteOverridable: Commands
    RequiresMountsFor: Texts
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
    JobTimeoutRebootArgument: Text
    StartLimitIntervalSec: Span
    StartLimitInterval: Span
    StartLimitBurst: Integer
    StartLimitAction: EmergencyActionChoice
    FailureAction: EmergencyActionChoice
    SuccessAction: EmergencyActionChoice
    FailureActionExitStatus: Integer
    SuccessActionExitStatus: Integer
    RebootArgument: Text
    ConditionPathExists: Conditions
    ConditionPathExistsGlob: Conditions
    ConditionPathIsDirectory: Conditions
    ConditionPathIsSymbolicLink: Conditions
    ConditionPathIsMountPoint: Conditions
    ConditionPathIsReadWrite: Conditions
    ConditionPathIsEncrypted: Conditions
    ConditionDirectoryNotEmpty: Conditions
    ConditionFileNotEmpty: Conditions
    ConditionFileIsExecutable: Conditions
    ConditionNeedsUpdate: Conditions
    ConditionFirstBoot: Conditions
    ConditionArchitecture: Conditions
    ConditionFirmware: Conditions
    ConditionVirtualization: Conditions
    ConditionHost: Conditions
    ConditionKernelCommandLine: Conditions
    ConditionKernelVersion: Conditions
    ConditionCredential: Conditions
    ConditionSecurity: Conditions
    ConditionCapability: Conditions
    ConditionACPower: Conditions
    ConditionMemory: Conditions
    ConditionCPUFeature: Conditions
    ConditionCPUs: Conditions
    ConditionEnvironment: Conditions
    ConditionUser: Conditions
    ConditionGroup: Conditions
    ConditionControlGroupController: Conditions
    ConditionOSRelease: Conditions
    ConditionMemoryPressure: Conditions
    ConditionCPUPressure: Conditions
    ConditionIOPressure: Conditions
    AssertPathExists: Conditions
    AssertPathExistsGlob: Conditions
    AssertPathIsDirectory: Conditions
    AssertPathIsSymbolicLink: Conditions
    AssertPathIsMountPoint: Conditions
    AssertPathIsReadWrite: Conditions
    AssertPathIsEncrypted: Conditions
    AssertDirectoryNotEmpty: Conditions
    AssertFileNotEmpty: Conditions
    AssertFileIsExecutable: Conditions
    AssertNeedsUpdate: Conditions
    AssertFirstBoot: Conditions
    AssertArchitecture: Conditions
    AssertVirtualization: Conditions
    AssertHost: Conditions
    AssertKernelCommandLine: Conditions
    AssertKernelVersion: Conditions
    AssertCredential: Conditions
    AssertSecurity: Conditions
    AssertCapability: Conditions
    AssertACPower: Conditions
    AssertMemory: Conditions
    AssertCPUFeature: Conditions
    AssertCPUs: Conditions
    AssertEnvironment: Conditions
    AssertUser: Conditions
    AssertGroup: Conditions
    AssertControlGroupController: Conditions
    AssertOSRelease: Conditions
    AssertMemoryPressure: Conditions
    AssertCPUPressure: Conditions
    AssertIOPressure: Conditions
    CollectMode: CollectModeChoice
    WantsMountsFor: Texts  # since 256
    SurviveFinalKillSignal: Boolean  # since 255


class ServiceSection(ExecContext, ControlGroupContext, KillContext, total=False):
    """Directives of [Service]."""

    PIDFile: Text
    ExecCondition: Commands
    ExecStartPre: Commands
    ExecStart: Commands
    ExecStartPost: Commands
    ExecReload: Commands
    ExecStop: Commands
    ExecStopPost: Commands
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
    RebootArgument: Text
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
    BusName: Text
    FileDescriptorStoreMax: Integer
    NotifyAccess: NotifyAccessChoice
    Sockets: Commands
    USBFunctionDescriptors: Text
    USBFunctionStrings: Text
    OOMPolicy: OomPolicyChoice
    RestartSteps: Integer  # since 254
    RestartMaxDelaySec: Span  # since 254
    RestartMode: ServiceRestartModeChoice  # since 254
    FileDescriptorStorePreserve: ExecPreserveModeChoice  # since 254
    OpenFile: Texts  # since 253
    ReloadSignal: Amount  # since 253


class SocketSection(ExecContext, ControlGroupContext, KillContext, total=False):
    """Directives of [Socket]."""

    ExecStartPre: Commands
    ExecStartPost: Commands
    ExecStopPost: Commands
    TimeoutSec: Span
    ListenStream: Numbers
    ListenDatagram: Numbers
    ListenSequentialPacket: Numbers
    ListenFIFO: Numbers
    ListenNetlink: Numbers
    ListenSpecial: Numbers
    ListenMessageQueue: Numbers
    ListenUSBFunction: Numbers
    SocketProtocol: SocketProtocolChoice
    BindIPv6Only: SocketAddressBindIpv6OnlyChoice
    Backlog: Integer
    BindToDevice: Text
    ExecStopPre: Commands
    SocketUser: Amount
    SocketGroup: Amount
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
    Symlinks: Texts
    FileDescriptorName: Text
    Service: Command
    TriggerLimitIntervalSec: Span
    TriggerLimitBurst: Integer
    SmackLabel: Text
    SmackLabelIPIn: Text
    SmackLabelIPOut: Text
    SELinuxContextFromNet: Boolean
    PassFileDescriptorsToExec: Boolean  # since 256
    PollLimitIntervalSec: Span  # since 255
    PollLimitBurst: Integer  # since 255


class TimerSection(TypedDict, total=False):
    """Directives of [Timer]."""

    OnCalendar: Commands
    OnActiveSec: Spans
    OnBootSec: Spans
    OnStartupSec: Spans
    OnUnitActiveSec: Spans
    OnUnitInactiveSec: Spans
    OnClockChange: Boolean
    OnTimezoneChange: Boolean
    Persistent: Boolean
    WakeSystem: Boolean
    RemainAfterElapse: Boolean
    FixedRandomDelay: Boolean
    AccuracySec: Span
    RandomizedDelaySec: Span
    Unit: Command
    DeferReactivation: Boolean  # since 257


class PathSection(TypedDict, total=False):
    """Directives of [Path]."""

    DirectoryMode: Amount
    Unit: Command
    PathExists: Texts
    PathExistsGlob: Texts
    PathChanged: Texts
    PathModified: Texts
    DirectoryNotEmpty: Texts
    MakeDirectory: Boolean
    TriggerLimitIntervalSec: Span
    TriggerLimitBurst: Integer


class MountSection(ExecContext, ControlGroupContext, KillContext, total=False):
    """Directives of [Mount]."""

    TimeoutSec: Span
    DirectoryMode: Amount
    What: Text
    Where: Text
    Options: Text
    Type: Text
    SloppyOptions: Boolean
    LazyUnmount: Boolean
    ForceUnmount: Boolean
    ReadWriteOnly: Boolean


class AutomountSection(TypedDict, total=False):
    """Directives of [Automount]."""

    DirectoryMode: Amount
    Where: Text
    ExtraOptions: Text
    TimeoutIdleSec: Span


class SwapSection(ExecContext, ControlGroupContext, KillContext, total=False):
    """Directives of [Swap]."""

    TimeoutSec: Span
    What: Text
    Priority: Integer
    Options: Text


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

    Alias: Commands
    WantedBy: Commands
    RequiredBy: Commands
    Also: Commands
    DefaultInstance: Text
    UpheldBy: Commands  # not in every version
