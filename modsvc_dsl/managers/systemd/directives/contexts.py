"""Directives shared by several sections.

Made by `python3 -m scripts.directives` from systemd 252 and 257: do not edit. In: nothing. Out: types
for checkers; nothing imports this file while a program runs. Refuses to know what a value becomes.
"""

from __future__ import annotations

from typing import TypedDict

from modsvc_dsl.managers.systemd.directives.choices import (
    Amount,
    Amounts,
    ArchitectureChoice,
    Boolean,
    CgroupDevicePolicyChoice,
    CgroupPressureWatchChoice,
    Command,
    Commands,
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
)


class ExecContext(TypedDict, total=False):
    """How processes are run: systemd.exec(5)."""

    WorkingDirectory: Text
    RootDirectory: Text
    RootImage: Text
    RootImageOptions: Texts
    RootHash: Text
    RootHashSignature: Text
    RootVerity: Text
    ExtensionDirectories: Texts
    ExtensionImages: Texts
    MountImages: Texts
    User: Amount
    Group: Amount
    SupplementaryGroups: Amounts
    Nice: Integer
    OOMScoreAdjust: Integer
    CoredumpFilter: Texts
    IOSchedulingClass: IoprioClassChoice
    IOSchedulingPriority: Integer
    CPUSchedulingPolicy: SchedPolicyChoice
    CPUSchedulingPriority: Integer
    CPUSchedulingResetOnFork: Boolean
    CPUAffinity: Numbers
    NUMAPolicy: MpolChoice
    NUMAMask: Numbers
    UMask: Amount
    Environment: Commands
    EnvironmentFile: Texts
    PassEnvironment: Texts
    UnsetEnvironment: Texts
    DynamicUser: Boolean
    RemoveIPC: Boolean
    StandardInput: ExecInputChoice
    StandardOutput: ExecOutputChoice
    StandardError: ExecOutputChoice
    StandardInputText: Texts
    StandardInputData: Texts
    TTYPath: Text
    TTYReset: Boolean
    TTYVHangup: Boolean
    TTYVTDisallocate: Boolean
    TTYRows: Integer
    TTYColumns: Integer
    SyslogIdentifier: Text
    SyslogFacility: LogFacilityUnshiftedChoice
    SyslogLevel: LogLevelChoice
    SyslogLevelPrefix: Boolean
    LogLevelMax: LogLevelChoice
    LogRateLimitIntervalSec: Span
    LogRateLimitBurst: Integer
    LogExtraFields: Texts
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
    ReadWriteDirectories: Texts
    ReadOnlyDirectories: Texts
    InaccessibleDirectories: Texts
    ReadWritePaths: Texts
    ReadOnlyPaths: Texts
    InaccessiblePaths: Texts
    ExecPaths: Texts
    NoExecPaths: Texts
    ExecSearchPath: Texts
    BindPaths: Texts
    BindReadOnlyPaths: Texts
    TemporaryFileSystem: Texts
    PrivateTmp: PrivateTmpChoice
    PrivateDevices: Boolean
    ProtectKernelTunables: Boolean
    ProtectKernelModules: Boolean
    ProtectKernelLogs: Boolean
    ProtectClock: Boolean
    ProtectControlGroups: ProtectControlGroupsChoice
    NetworkNamespacePath: Text
    IPCNamespacePath: Text
    LogNamespace: Text
    PrivateNetwork: Boolean
    PrivateUsers: PrivateUsersChoice
    PrivateMounts: Boolean
    PrivateIPC: Boolean
    ProtectSystem: ProtectSystemChoice
    ProtectHome: ProtectHomeChoice
    MountFlags: MountFlagsChoice
    MountAPIVFS: Boolean
    Personality: ArchitectureChoice
    RuntimeDirectoryPreserve: ExecPreserveModeChoice
    RuntimeDirectoryMode: Amount
    RuntimeDirectory: Texts
    StateDirectoryMode: Amount
    StateDirectory: Texts
    CacheDirectoryMode: Amount
    CacheDirectory: Texts
    LogsDirectoryMode: Amount
    LogsDirectory: Texts
    ConfigurationDirectoryMode: Amount
    ConfigurationDirectory: Texts
    SetCredential: Texts
    SetCredentialEncrypted: Texts
    LoadCredential: Texts
    LoadCredentialEncrypted: Texts
    TimeoutCleanSec: Span
    PAMName: Text
    IgnoreSIGPIPE: Boolean
    UtmpIdentifier: Text
    UtmpMode: ExecUtmpModeChoice
    SELinuxContext: Text
    AppArmorProfile: Text
    SmackProcessLabel: Text
    ProtectHostname: Boolean
    RootImagePolicy: Text  # since 254
    RootEphemeral: Boolean  # since 254
    ExtensionImagePolicy: Text  # since 254
    MountImagePolicy: Text  # since 254
    SetLoginEnvironment: Boolean  # since 255
    LogFilterPatterns: Texts  # since 253
    PrivatePIDs: Boolean  # since 257
    BindLogSockets: Boolean  # since 257
    ImportCredential: Texts  # since 254
    MemoryKSM: Boolean  # since 254


class ControlGroupContext(TypedDict, total=False):
    """What they may use: systemd.resource-control(5)."""

    Slice: Command
    AllowedCPUs: Numbers
    StartupAllowedCPUs: Numbers
    AllowedMemoryNodes: Numbers
    StartupAllowedMemoryNodes: Numbers
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
    DeviceAllow: Texts
    DevicePolicy: CgroupDevicePolicyChoice
    IOAccounting: Boolean
    IOWeight: Integer
    StartupIOWeight: Integer
    IODeviceWeight: Texts
    IOReadBandwidthMax: Texts
    IOWriteBandwidthMax: Texts
    IOReadIOPSMax: Texts
    IOWriteIOPSMax: Texts
    IODeviceLatencyTargetSec: Texts
    BlockIOAccounting: Boolean
    BlockIOWeight: Integer
    StartupBlockIOWeight: Integer
    BlockIODeviceWeight: Texts
    BlockIOReadBandwidth: Texts
    BlockIOWriteBandwidth: Texts
    TasksAccounting: Boolean
    TasksMax: Amount
    Delegate: Texts | bool
    DisableControllers: Texts
    IPAccounting: Boolean
    IPAddressAllow: Texts
    IPAddressDeny: Texts
    IPIngressFilterPath: Texts
    IPEgressFilterPath: Texts
    ManagedOOMSwap: ManagedOomModeChoice
    ManagedOOMMemoryPressure: ManagedOomModeChoice
    ManagedOOMMemoryPressureLimit: Percent
    ManagedOOMPreference: ManagedOomPreferenceChoice
    BPFProgram: Texts
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
