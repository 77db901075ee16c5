"""From text to mentions and claims. Knows language; knows no list and no storage.

What the rooms above use:

* :func:`finemesh.extraction.sentences.sentences` - sentences with exact offsets
* :func:`finemesh.extraction.mentions.read_mentions` - people, ranks, roles, organisations, and relations between them
* :func:`finemesh.extraction.claims.read_claims` - claims, each with its sentence, speaker, stance and dates
* :class:`finemesh.extraction.spans.KnownName` - how names of the case are handed in

How it works, from the text up: ``tokens`` and ``sentences``, ``names`` and ``registry`` (the names of a document and
what they are short for), ``dates``, ``syntax`` (a rough parse), ``refs`` and ``actors`` (who is meant by "it" and "the
junta"), ``frames`` and ``match`` (patterns, which are data in ``finemesh/data/claims``), ``stance``, ``claims``.
"""
