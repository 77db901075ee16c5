"""From tokens to a rough parse of English: units with tags, chunks, phrases, predicates.

No grammar of the whole language: enough to tell who does what to whom in the sentences of reports and news.

* :mod:`~finemesh.extraction.syntax.units` - words, names and dates of a sentence, each with a tag
* :mod:`~finemesh.extraction.syntax.chunks` - noun phrases and verb groups
* :mod:`~finemesh.extraction.syntax.parser` - phrases, clauses and their predicates
"""
