"""Directives that are typed as free text, each group with its reason. The list may only shrink.

In: nothing. Out: `FREE_TEXT`. Refuses to say what a directive takes instead: that is for `directive_kinds`,
and a directive that gets a kind of its own there goes from here (a test holds the two together).
"""

from __future__ import annotations

FREE_TEXT: dict[str, str] = {
    "Description JobTimeoutRebootArgument RebootArgument UtmpIdentifier SyslogIdentifier": (
        "any text is right: it is for people, for logs, or for a firmware"
    ),
    "SmackLabel SmackLabelIPIn SmackLabelIPOut SmackProcessLabel SELinuxContext AppArmorProfile"
    " DefaultSmackProcessLabel": (
        "a label that only the host's security module can tell right from wrong"
    ),
    "PAMName LogNamespace DelegateSubgroup FileDescriptorName BusName TCPCongestion BindToDevice": (
        "a name that something else on the host gives, by rules of its own"
    ),
    "RootHash RootHashSignature": "made from an image that only the host has",
    "What Type Options ExtraOptions RootImageOptions": (
        "what a file system is asked for is between mount(8) and the file system"
    ),
    "DefaultInstance": "any text can be an instance",
    "AmbientCapabilities CapabilityBoundingSet": (
        "names of capabilities, which a newer kernel may add to, behind a ~ or not"
    ),
    "SystemCallFilter SystemCallLog SystemCallArchitectures SystemCallErrorNumber": (
        "names of system calls, sets and errors: systemd's build knows which"
    ),
    "RestrictAddressFamilies RestrictFileSystems RestrictNetworkInterfaces RestrictNamespaces": (
        "names that the kernel or the host gives, behind a ~ or not"
    ),
    "BindPaths BindReadOnlyPaths TemporaryFileSystem MountImages ExtensionImages": (
        "paths with options behind colons, which have a syntax of their own"
    ),
    "IPAddressAllow IPAddressDeny SocketBindAllow SocketBindDeny NFTSet BPFProgram": (
        "addresses, ports and programs with a syntax of their own and words for some"
    ),
    "DeviceAllow IODeviceWeight IODeviceLatencyTargetSec IOReadBandwidthMax IOWriteBandwidthMax"
    " IOReadIOPSMax IOWriteIOPSMax BlockIODeviceWeight BlockIOReadBandwidth BlockIOWriteBandwidth": (
        "a device or a class of devices, and something about it"
    ),
    "AllowedCPUs StartupAllowedCPUs AllowedMemoryNodes StartupAllowedMemoryNodes CPUAffinity NUMAMask": (
        "ranges such as 0-3 8, which only the host's processors bound"
    ),
    "SuccessExitStatus RestartPreventExitStatus RestartForceExitStatus": (
        "numbers, signals and names of exits, mixed"
    ),
    "ListenStream ListenDatagram ListenSequentialPacket ListenFIFO ListenSpecial ListenNetlink"
    " ListenMessageQueue ListenUSBFunction OpenFile": (
        "a path, a port, an address or a name, by what it looks like"
    ),
    "LoadCredential LoadCredentialEncrypted SetCredential SetCredentialEncrypted ImportCredential": (
        "an identifier, and behind a colon what only a program understands"
    ),
    "StandardInputText StandardInputData": "what a program reads",
    "PassEnvironment UnsetEnvironment LogExtraFields LogFilterPatterns": (
        "names or patterns, some with values behind them"
    ),
    "CoredumpFilter SecureBits DisableControllers Delegate": (
        "sets of words of which some kernels have more"
    ),
}
"""Directives, and why none of them has a type that says more."""
