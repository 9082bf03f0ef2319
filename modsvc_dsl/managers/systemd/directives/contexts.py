"""Directives shared by several sections.

Made by `python3 -m scripts.directives` from systemd 252 and 257: do not edit. In: nothing. Out: types
for checkers; nothing imports this file while a program runs. Refuses to know what a value becomes.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from modsvc_dsl.managers.systemd.directives.choices import (
    Amount,
    AmountsOrSpecifiers,
    ArchitectureChoice,
    Boolean,
    CgroupDevicePolicyChoice,
    CgroupPressureWatchChoice,
    Command,
    CommandsOrSpecifiers,
    ExecInputChoice,
    ExecKeyringModeChoice,
    ExecOutputChoice,
    ExecPreserveModeChoice,
    ExecUtmpModeChoice,
    Integer,
    IoprioClassChoice,
    KillModeChoice,
    LogFacilityUnshiftedChoice,
    LogLevelChoice,
    ManagedOomModeChoice,
    ManagedOomPreferenceChoice,
    MountFlagsChoice,
    MpolChoice,
    Number,
    Numbers,
    NumbersOrSpecifiers,
    Percent,
    PrivateTmpChoice,
    PrivateUsersChoice,
    ProcSubsetChoice,
    ProtectControlGroupsChoice,
    ProtectHomeChoice,
    ProtectProcChoice,
    ProtectSystemChoice,
    SchedPolicyChoice,
    Span,
    Text,
    Texts,
    TextsOrSpecifiers,
)
from modsvc_dsl.managers.systemd.specifiers import Specifiers


class ExecContext(TypedDict, total=False):
    """How processes are run: systemd.exec(5)."""

    WorkingDirectory: Text | Specifiers
    RootDirectory: Text | Specifiers
    RootImage: Text | Specifiers
    RootImageOptions: TextsOrSpecifiers
    RootHash: Text
    RootHashSignature: Text
    RootVerity: Text | Specifiers
    ExtensionDirectories: TextsOrSpecifiers
    ExtensionImages: TextsOrSpecifiers
    MountImages: TextsOrSpecifiers
    User: Amount | Specifiers
    Group: Amount | Specifiers
    SupplementaryGroups: AmountsOrSpecifiers
    Nice: Integer | Literal[""]
    OOMScoreAdjust: Integer | Literal[""]
    CoredumpFilter: Texts
    IOSchedulingClass: IoprioClassChoice
    IOSchedulingPriority: Integer | Literal[""]
    CPUSchedulingPolicy: SchedPolicyChoice
    CPUSchedulingPriority: Integer
    CPUSchedulingResetOnFork: Boolean
    CPUAffinity: NumbersOrSpecifiers
    NUMAPolicy: MpolChoice
    NUMAMask: Numbers
    UMask: Amount
    Environment: CommandsOrSpecifiers
    EnvironmentFile: TextsOrSpecifiers
    PassEnvironment: TextsOrSpecifiers
    UnsetEnvironment: TextsOrSpecifiers
    DynamicUser: Boolean
    RemoveIPC: Boolean
    StandardInput: ExecInputChoice
    StandardOutput: ExecOutputChoice
    StandardError: ExecOutputChoice
    StandardInputText: TextsOrSpecifiers
    StandardInputData: Texts
    TTYPath: Text | Specifiers
    TTYReset: Boolean
    TTYVHangup: Boolean
    TTYVTDisallocate: Boolean
    TTYRows: Integer | Literal[""]
    TTYColumns: Integer | Literal[""]
    SyslogIdentifier: Text | Specifiers
    SyslogFacility: LogFacilityUnshiftedChoice
    SyslogLevel: LogLevelChoice
    SyslogLevelPrefix: Boolean
    LogLevelMax: LogLevelChoice
    LogRateLimitIntervalSec: Span
    LogRateLimitBurst: Integer
    LogExtraFields: TextsOrSpecifiers
    SecureBits: Texts
    CapabilityBoundingSet: Texts
    AmbientCapabilities: Texts
    TimerSlackNSec: Span
    NoNewPrivileges: Boolean
    KeyringMode: ExecKeyringModeChoice
    ProtectProc: ProtectProcChoice
    ProcSubset: ProcSubsetChoice
    SystemCallFilter: Texts
    SystemCallArchitectures: Texts
    SystemCallErrorNumber: Number
    SystemCallLog: Texts
    MemoryDenyWriteExecute: Boolean
    RestrictNamespaces: Texts | bool
    RestrictRealtime: Boolean
    RestrictSUIDSGID: Boolean
    RestrictAddressFamilies: Texts
    LockPersonality: Boolean
    RestrictFileSystems: Texts
    LimitCPU: Amount
    LimitFSIZE: Amount
    LimitDATA: Amount
    LimitSTACK: Amount
    LimitCORE: Amount
    LimitRSS: Amount
    LimitNOFILE: Amount
    LimitAS: Amount
    LimitNPROC: Amount
    LimitMEMLOCK: Amount
    LimitLOCKS: Amount
    LimitSIGPENDING: Amount
    LimitMSGQUEUE: Amount
    LimitNICE: Amount
    LimitRTPRIO: Amount
    LimitRTTIME: Amount
    ReadWriteDirectories: TextsOrSpecifiers
    ReadOnlyDirectories: TextsOrSpecifiers
    InaccessibleDirectories: TextsOrSpecifiers
    ReadWritePaths: TextsOrSpecifiers
    ReadOnlyPaths: TextsOrSpecifiers
    InaccessiblePaths: TextsOrSpecifiers
    ExecPaths: TextsOrSpecifiers
    NoExecPaths: TextsOrSpecifiers
    ExecSearchPath: TextsOrSpecifiers
    BindPaths: TextsOrSpecifiers
    BindReadOnlyPaths: TextsOrSpecifiers
    TemporaryFileSystem: TextsOrSpecifiers
    PrivateTmp: PrivateTmpChoice
    PrivateDevices: Boolean
    ProtectKernelTunables: Boolean
    ProtectKernelModules: Boolean
    ProtectKernelLogs: Boolean
    ProtectClock: Boolean
    ProtectControlGroups: ProtectControlGroupsChoice
    NetworkNamespacePath: Text | Specifiers
    IPCNamespacePath: Text | Specifiers
    LogNamespace: Text | Specifiers
    PrivateNetwork: Boolean
    PrivateUsers: PrivateUsersChoice
    PrivateMounts: Boolean | Literal[""]
    PrivateIPC: Boolean
    ProtectSystem: ProtectSystemChoice
    ProtectHome: ProtectHomeChoice
    MountFlags: MountFlagsChoice
    MountAPIVFS: Boolean | Literal[""]
    Personality: ArchitectureChoice
    RuntimeDirectoryPreserve: ExecPreserveModeChoice
    RuntimeDirectoryMode: Amount
    RuntimeDirectory: TextsOrSpecifiers
    StateDirectoryMode: Amount
    StateDirectory: TextsOrSpecifiers
    CacheDirectoryMode: Amount
    CacheDirectory: TextsOrSpecifiers
    LogsDirectoryMode: Amount
    LogsDirectory: TextsOrSpecifiers
    ConfigurationDirectoryMode: Amount
    ConfigurationDirectory: TextsOrSpecifiers
    SetCredential: TextsOrSpecifiers
    SetCredentialEncrypted: TextsOrSpecifiers
    LoadCredential: TextsOrSpecifiers
    LoadCredentialEncrypted: TextsOrSpecifiers
    TimeoutCleanSec: Span
    PAMName: Text | Specifiers
    IgnoreSIGPIPE: Boolean
    UtmpIdentifier: Text | Specifiers
    UtmpMode: ExecUtmpModeChoice
    SELinuxContext: Text | Specifiers
    AppArmorProfile: Text | Specifiers
    SmackProcessLabel: Text | Specifiers
    ProtectHostname: Boolean
    RootImagePolicy: Command  # since 254
    RootEphemeral: Boolean  # since 254
    ExtensionImagePolicy: Command  # since 254
    MountImagePolicy: Command  # since 254
    SetLoginEnvironment: Boolean | Literal[""]  # since 255
    LogFilterPatterns: Texts  # since 253
    PrivatePIDs: Boolean  # since 257
    BindLogSockets: Boolean | Literal[""]  # since 257
    ImportCredential: TextsOrSpecifiers  # since 254
    MemoryKSM: Boolean | Literal[""]  # since 254


class ControlGroupContext(TypedDict, total=False):
    """What they may use: systemd.resource-control(5)."""

    Slice: Command | Specifiers
    AllowedCPUs: NumbersOrSpecifiers
    StartupAllowedCPUs: NumbersOrSpecifiers
    AllowedMemoryNodes: NumbersOrSpecifiers
    StartupAllowedMemoryNodes: NumbersOrSpecifiers
    CPUAccounting: Boolean
    CPUWeight: Amount
    StartupCPUWeight: Amount
    CPUShares: Integer
    StartupCPUShares: Integer
    CPUQuota: Percent
    CPUQuotaPeriodSec: Span
    MemoryAccounting: Boolean
    MemoryMin: Amount
    DefaultMemoryMin: Amount
    DefaultMemoryLow: Amount
    MemoryLow: Amount
    MemoryHigh: Amount
    MemoryMax: Amount
    MemorySwapMax: Amount
    MemoryLimit: Amount
    DeviceAllow: TextsOrSpecifiers
    DevicePolicy: CgroupDevicePolicyChoice
    IOAccounting: Boolean
    IOWeight: Integer | Literal[""]
    StartupIOWeight: Integer | Literal[""]
    IODeviceWeight: TextsOrSpecifiers
    IOReadBandwidthMax: TextsOrSpecifiers
    IOWriteBandwidthMax: TextsOrSpecifiers
    IOReadIOPSMax: TextsOrSpecifiers
    IOWriteIOPSMax: TextsOrSpecifiers
    IODeviceLatencyTargetSec: TextsOrSpecifiers
    BlockIOAccounting: Boolean
    BlockIOWeight: Integer | Literal[""]
    StartupBlockIOWeight: Integer | Literal[""]
    BlockIODeviceWeight: TextsOrSpecifiers
    BlockIOReadBandwidth: TextsOrSpecifiers
    BlockIOWriteBandwidth: TextsOrSpecifiers
    TasksAccounting: Boolean
    TasksMax: Amount
    Delegate: Texts | bool
    DisableControllers: Texts
    IPAccounting: Boolean
    IPAddressAllow: Texts
    IPAddressDeny: Texts
    IPIngressFilterPath: TextsOrSpecifiers
    IPEgressFilterPath: TextsOrSpecifiers
    ManagedOOMSwap: ManagedOomModeChoice
    ManagedOOMMemoryPressure: ManagedOomModeChoice
    ManagedOOMMemoryPressureLimit: Percent
    ManagedOOMPreference: ManagedOomPreferenceChoice
    BPFProgram: TextsOrSpecifiers
    SocketBindAllow: Texts
    SocketBindDeny: Texts
    RestrictNetworkInterfaces: Texts
    DefaultStartupMemoryLow: Amount  # not in every version
    StartupMemoryLow: Amount  # not in every version
    StartupMemoryHigh: Amount  # not in every version
    StartupMemoryMax: Amount  # not in every version
    StartupMemorySwapMax: Amount  # not in every version
    MemoryZSwapMax: Amount  # since 253
    StartupMemoryZSwapMax: Amount  # since 253
    MemoryZSwapWriteback: Boolean  # since 256
    DelegateSubgroup: Text  # since 254
    ManagedOOMMemoryPressureDurationSec: Span  # since 257
    MemoryPressureThresholdSec: Span  # since 254
    MemoryPressureWatch: CgroupPressureWatchChoice  # since 254
    NFTSet: Texts  # since 255
    CoredumpReceive: Boolean  # since 255


class KillContext(TypedDict, total=False):
    """How they are stopped: systemd.kill(5)."""

    SendSIGKILL: Boolean
    SendSIGHUP: Boolean
    KillMode: KillModeChoice
    KillSignal: Amount
    RestartKillSignal: Amount
    FinalKillSignal: Amount
    WatchdogSignal: Amount
