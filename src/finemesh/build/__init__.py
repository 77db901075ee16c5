"""From added files to derived tables, incrementally.

* :mod:`finemesh.build.intake`   - take files and folders into the archive, recognise them
* :mod:`finemesh.build.plan`     - which pieces of work a case has, and which are done already
* :mod:`finemesh.build.workers`  - processes that can be killed when a file is too much for them
* :mod:`finemesh.build.work`     - what happens inside a worker: read one snapshot, read one document
* :mod:`finemesh.build.merge`    - statements, evidence, entities and designations from the pieces
* :mod:`finemesh.build.reading`  - mentions and claims of the documents
* :mod:`finemesh.build.run`      - the way through all of it

Rules of lists, names or questions do not belong here; this room only brings the others together.
"""
