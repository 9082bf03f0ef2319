"""Where the built trees of all hosts come to lie on disk, in one step.

In: the trees of a build (`modsvc_dsl.managers.tree`) and a folder OUT. Out: OUT holds these
trees and a manifest, or everything is as it was and an `OutputError` says why. Refuses to know
services, process managers and the language; what it imports of the project is `managers.tree`.

The contract of OUT:

* `OUT/<host>/...` is the tree of a host, `OUT/manifest.json` lists every file and link with its
  owning service and the source lines it comes from. Equal trees give equal bytes.
* OUT is generated as a whole. What the manifest in it does not own, and what was edited by hand
  since, stops the build before anything is written: it is listed and left alone. A file of ours
  that was deleted, or whose mode alone was changed, holds nobody's work and comes back.
* Beside OUT, and only while a build runs, lie `.OUT.modsvc-lock`, `.OUT.modsvc-new` (the tree
  being written; after the exchange the one it replaced) and, where the file system cannot
  exchange two folders, `.OUT.modsvc-old` for the moment between two renames. The next build into
  OUT recognises what a killed one left there, puts the old tree back if OUT is missing, and
  removes the rest.
* OUT is a plain folder of its own: not a link (the exchange would replace the link, not what it
  names), not a mount point, not a folder around the home or the current one.
* Modes do not depend on the umask: files as their tree says (0644), folders 0755; an OUT that is
  there already keeps its own mode, so that a private one stays private.

`publish.publish` is the verb; `errors` holds what can go wrong.
"""
