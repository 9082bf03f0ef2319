"""Which specifiers systemd would expand in a line of a unit, by a reader of our own.

In: assignments of units. Out: the specifiers that are alive in them, and the text that systemd makes of
one. Refuses to use the library: which directives expand them is listed here, after the parsers in
systemd's src/core/load-fragment.c, and what is alive follows `specifier_printf` and `cunescape`.
"""

from __future__ import annotations

import re

from tests.managers.systemd.reading import Line

NEVER = frozenset(
    "SystemCallFilter SystemCallLog SystemCallArchitectures SystemCallErrorNumber LogFilterPatterns"
    " CapabilityBoundingSet AmbientCapabilities RestrictAddressFamilies RestrictNamespaces RootHash"
    " RootHashSignature StandardInputData IPAddressAllow IPAddressDeny OpenFile DelegateSubgroup"
    " RootImagePolicy MountImagePolicy ExtensionImagePolicy BindToDevice TCPCongestion NFTSet"
    " SocketBindAllow SocketBindDeny RestrictFileSystems RestrictNetworkInterfaces Personality"
    " CPUQuota MemoryMax MemoryHigh MemoryLow MemoryMin MemorySwapMax MemoryZSwapMax TasksMax"
    " ManagedOOMMemoryPressureLimit SuccessExitStatus RestartPreventExitStatus"
    " RestartForceExitStatus Delegate DisableControllers SecureBits NUMAMask CoredumpFilter".split()
)
"""Directives with a text or a percentage, in which a `%` is always a `%`."""

OF_MANAGER = frozenset({"DefaultEnvironment", "ManagerEnvironment"})
"""Those of [Manager] that expand any, by the table in systemd's src/core/main.c."""

TO_COLON = frozenset(
    "SetCredential SetCredentialEncrypted ImportCredential TemporaryFileSystem".split()
)
"""Those in which only what stands in front of a colon is expanded."""

UNESCAPED = re.compile(
    r"Exec(?!Paths|SearchPath)\w+|\w*Environment|(?:Runtime|State|Cache|Logs|Configuration)Directory"
    r"|StandardInputText|LogExtraFields|MountImages|ExtensionImages|RootImageOptions"
)
"""Those whose C escapes are undone before that; `PassEnvironment` takes names without any."""

_ESCAPE = re.compile(r"\\(?:x(\w\w)|u(\w{4})|U(\w{8})|([0-7]{3})|(.))", re.DOTALL)


def alive(line: Line) -> list[str]:
    """The specifiers of a line that systemd would expand, or refuse the line for."""
    text = line.text
    if line.directive in NEVER or line.directive.startswith("X-") or line.section.startswith("X-"):
        return []
    if line.section == "Manager" and line.directive not in OF_MANAGER:
        return []
    if line.directive in TO_COLON:
        words = _words(text) if line.directive == "TemporaryFileSystem" else [text]
        text = " ".join(word.partition(":")[0] for word in words)
    if UNESCAPED.fullmatch(line.directive):
        text = _ESCAPE.sub(_unescaped, text)
    found = re.findall("%(?:%|[A-Za-z0-9])?", text)
    return [each for each in found if len(each) == 2 and each != "%%"]


def _words(text: str) -> list[str]:
    """The words of a value, without their quotes; a backslash takes the next character as it is."""
    words, quote, position = [""], "", 0
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 1
            words[-1] += text[position : position + 1]
        elif character == quote or (not quote and character in "\"'"):
            quote = "" if quote else character
        elif not quote and character in " \t\n\r":
            words.append("")
        else:
            words[-1] += character
        position += 1
    return words


def _unescaped(found: re.Match[str]) -> str:
    byte, short, wide, octal, other = found.groups()
    if other is not None:
        return other
    number = int(octal, 8) if octal else _number(byte or short or wide)
    return chr(number) if 0 < number < 0x110000 else found[0]


def _number(digits: str) -> int:
    return int(digits, 16) if re.fullmatch("[0-9A-Fa-f]+", digits) else -1
