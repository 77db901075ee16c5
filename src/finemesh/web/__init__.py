"""Pages and the JSON API over :mod:`finemesh.case`. Server-rendered; nothing comes from the network.

What belongs here: asking the façade, saying the answer in words, and HTML. What does not: rules (they are in
``analysis``), storage, and knowledge of any list.

===================  ==========================================================================
``app``, ``server``  the ASGI application and the loopback server (:func:`finemesh.web.server.serve`)
``guard``            host check and security headers
``shelf``            the case, safe to ask from several threads while a build goes on beside
``view``             one request: its parameters, its links, its evidence marks, its templates
``pages/``           one module a page: what is asked of the case, and the values of its template
``shown/``           how things are said and drawn: words, sentences, cut texts, strips, the network picture
``api``              the same answers as JSON
===================  ==========================================================================
"""
