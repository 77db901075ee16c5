"""Claims by a language model that the user has: what it is asked, and what its answers are worth.

* :mod:`.questions` cuts a document into questions; the prompt is ``finemesh/data/llm/claims.md``
* :mod:`.client` asks an OpenAI-compatible endpoint, within bounds; the only place here that opens a connection
* :mod:`.answers` reads what came back
* :mod:`.check` keeps of it what the document says; all else is rejected and counted

Whatever a document tells the model and whatever the model answers is data. Nothing of it is run, and nothing is kept
that does not stand in the document.
"""
