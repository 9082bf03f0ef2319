"""The portable service: what any process manager could be told. It knows none of them.

service         `Service`, with the fixed top level of its options
groups/         a file for each name at that top level: process, lifecycle, identity, ...
values/         the types of what they take: commands, flags, addresses, times, secrets
formats/        how settings are written: JSON, TOML, YAML, INI, lines of keys
mistakes/       what can be wrong, as data
order, wants, ports, claims     what services have to do with one another
"""
