"""A booted systemd to test services on: `Machine`, and the pytest fixtures over it.

In: nothing. Out: this docstring; import from the module whose noun you need:

* `modsvc_dsl.testing.machine`: `Machine`, for any test runner or script;
* `modsvc_dsl.testing.requirements`: `missing()`, why no machine can be booted here;
* `modsvc_dsl.testing.errors`: everything that a machine raises;
* `modsvc_dsl.testing.plugin`: the fixtures; the only file that needs pytest.

Refuses to know services, managers and the module language: a machine takes files and commands.
"""
