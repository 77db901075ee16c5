"""From bytes to statements: readers of documents, tables and official lists.

* ``raw/``        files as cells with places: CSV, sheets, XML records, JSON lines (no list is known here)
* ``lists/``      one module per official list: recognise a file, read it strictly
* ``documents/``  text, title and dates of txt, md, html, ...
* ``registry``    which reader takes which file
* ``emitter``     what readers write to: statements with their evidence, and issues
* ``verify``      re-reads the archive and checks that each quote stands where its locator says

No name is compared with another here; that is the matching room's work.
"""
