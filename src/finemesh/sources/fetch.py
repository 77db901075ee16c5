"""Bring current lists from their publishers over HTTPS.

The only module that opens a connection. A download is resumed where it was cut, asked for only if it changed
(``If-None-Match``, ``If-Modified-Since``), bounded in size and time, and put in place only when it is complete and is
the list that was asked for.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from finemesh.model.errors import SourceError, UserError
from finemesh.model.progress import Progress
from finemesh.model.version import VERSION
from finemesh.sources.probe import Probe
from finemesh.sources.registry import recognise

MAX_BYTES = 500_000_000
"""Bytes that one list may have; the largest of today (OFAC's enhanced XML) is a tenth of it."""
MAX_REDIRECTS = 5
RETRIES = 4
TIMEOUT_S = 60.0
USER_AGENT = f"finemesh/{VERSION} (sanctions research; local use)"
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_RETRY_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a list is published.

    Attributes:
        dataset: The dataset that must come.
        url: Its address.
        name: File name under which it is kept.
    """

    dataset: str
    url: str
    name: str


REMOTES: dict[str, Remote] = {
    r.dataset: r
    for r in (
        Remote(
            "us_ofac_sdn",
            "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN_ENHANCED.ZIP",
            "SDN_ENHANCED.ZIP",
        ),
        Remote(
            "us_ofac_cons",
            "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_ENHANCED.ZIP",
            "CONS_ENHANCED.ZIP",
        ),
        Remote(
            "us_trade_csl",
            "https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv",
            "consolidated.csv",
        ),
        Remote("un_sc", "https://scsanctions.un.org/resources/xml/en/consolidated.xml", "consolidated.xml"),
        Remote(
            "gb_hmt",
            "https://ofsistorage.blob.core.windows.net/publishlive/2022format/ConList.csv",
            "ConList.csv",
        ),
        Remote("gb_fcdo", "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml", "UK-Sanctions-List.xml"),
        Remote(
            "eu_fsf",
            "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",
            "xmlFullSanctionsList_1_1.xml",
        ),
        Remote(
            "ca_sema",
            "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-"
            "relations_internationales/sanctions/sema-lmes.xml",
            "sema-lmes.xml",
        ),
        Remote(
            "au_dfat",
            "https://www.dfat.gov.au/sites/default/files/regulation8_consolidated.xlsx",
            "regulation8_consolidated.xlsx",
        ),
        Remote(
            "ch_seco",
            "https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en"
            "&action=downloadXmlGesamtlisteAction",
            "seco.xml",
        ),
        Remote(
            "ua_war_sanctions",
            "https://data.opensanctions.org/datasets/latest/ua_war_sanctions/targets.simple.csv",
            "targets.simple.csv",
        ),
    )
}
"""Lists that have a stable address. The others (EU acts, METI, New Zealand) are downloaded by hand and added."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of an earlier download.

    Attributes:
        etag, modified: The publisher's ``ETag`` and ``Last-Modified``, empty where it gave none.
    """

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A download.

    Attributes:
        remote: What was asked for.
        path: The file; None where the publisher says that nothing changed.
        sha256: Hash of its bytes, empty where nothing changed.
        known: To be remembered for the next time.
    """

    remote: Remote
    path: Path | None
    sha256: str
    known: Known


@dataclass(slots=True)
class Limits:
    """How patient and how greedy a download may be.

    Attributes:
        max_bytes: Size.
        retries: Attempts after the first.
        timeout_s: Seconds without a byte.
        pause_s: Seconds before the first retry; each further one waits twice as long.
        sleep: Waits; tests put a clock of their own here.
    """

    max_bytes: int = MAX_BYTES
    retries: int = RETRIES
    timeout_s: float = TIMEOUT_S
    pause_s: float = 1.0
    sleep: Callable[[float], None] = time.sleep


def fetch(remote: Remote, folder: Path, known: Known, progress: Progress, limits: Limits | None = None) -> Fetched:
    """Download one list.

    Args:
        remote: What to fetch. Only HTTPS is spoken, but for addresses of this machine.
        folder: Where it is put; a part that an earlier attempt left there is gone on with.
        known: What is remembered of the last download.
        progress: Is told bytes done and bytes in all.
        limits: How patient to be.

    Raises:
        SourceError: It could not be had, is too large, or is not the list.
        UserError: The address is no HTTPS address.
    """
    limits = limits or Limits()
    _check_address(remote.url)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{remote.name}.part"
    complaint = ""
    for attempt in range(limits.retries + 1):
        if attempt:
            limits.sleep(limits.pause_s * 2 ** (attempt - 1))
        try:
            answer = _attempt(remote, part, known, progress, limits)
        except (_TryAgainError, httpx.TransportError) as error:
            complaint = str(error) or type(error).__name__
            continue
        if answer is None:
            return Fetched(remote, None, "", known)
        return _accept(remote, part, folder / remote.name, answer)
    raise SourceError(
        f"{remote.dataset} could not be fetched: {complaint}",
        where=remote.url,
        hint="is this machine online? The list can also be downloaded by hand and added with `finemesh add`",
    )


class _TryAgainError(Exception):
    """This attempt failed in a way that another one may not."""


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        raise UserError("only HTTPS addresses are fetched", where=url)


def _attempt(remote: Remote, part: Path, known: Known, progress: Progress, limits: Limits) -> Known | None:
    """One request; None where nothing changed, else what to remember."""
    begun = part.stat().st_size if part.exists() else 0
    tag = part.with_suffix(".tag")
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    if begun and tag.exists():
        headers |= {"Range": f"bytes={begun}-", "If-Range": tag.read_text()}
    elif known.etag:
        headers["If-None-Match"] = known.etag
    elif known.modified:
        headers["If-Modified-Since"] = known.modified
    with httpx.Client(timeout=limits.timeout_s) as client, _get(client, remote.url, headers) as response:
        if response.status_code == 304:
            return None
        if response.status_code == 416:
            part.unlink(missing_ok=True)
            raise _TryAgainError("the publisher's file changed meanwhile")
        if response.status_code not in (200, 206):
            _refuse(response, remote)
        answer = Known(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
        tag.write_text(answer.etag or answer.modified)
        _receive(response, part, begun if response.status_code == 206 else 0, progress, limits, remote)
    return answer


@contextmanager
def _get(client: httpx.Client, url: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
    """The response, redirects followed, each of them to HTTPS."""
    for _ in range(MAX_REDIRECTS + 1):
        with client.stream("GET", url, headers=headers, follow_redirects=False) as response:
            if not response.has_redirect_location:
                yield response
                return
            url = str(httpx.URL(url).join(response.headers["Location"]))
            _check_address(url)
    raise SourceError("redirected too often", where=url)


def _refuse(response: httpx.Response, remote: Remote) -> None:
    said = f"the publisher answered {response.status_code} {response.reason_phrase}".strip()
    if response.status_code in _RETRY_STATUS:
        raise _TryAgainError(said)
    raise SourceError(
        f"{remote.dataset} could not be fetched: {said}",
        where=remote.url,
        hint="the publisher may have moved it; download it by hand and add it with `finemesh add`",
    )


def _receive(
    response: httpx.Response, part: Path, begun: int, progress: Progress, limits: Limits, remote: Remote
) -> None:
    """Write the body behind what is there already; a body that ends early is tried again."""
    declared = response.headers.get("Content-Length", "")
    total = begun + int(declared) if declared.isdigit() else 0
    if total > limits.max_bytes:
        raise SourceError(f"{total:,} bytes are more than a list may have", where=remote.url)
    done = begun
    with part.open("ab" if begun else "wb") as out:
        for chunk in response.iter_raw():
            done += len(chunk)
            if done > limits.max_bytes:
                out.close()
                part.unlink()
                raise SourceError(f"more than {limits.max_bytes:,} bytes came; it is given up", where=remote.url)
            out.write(chunk)
            progress(f"fetching {remote.dataset}", done, total)
    if total and done != total:
        raise _TryAgainError(f"{done:,} bytes came where {total:,} were announced")


def _accept(remote: Remote, part: Path, target: Path, answer: Known) -> Fetched:
    """Take a complete download, if it is the list."""
    digest = hashlib.sha256()
    with part.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    found = recognise(Probe(part, remote.name, remote.name))
    part.with_suffix(".tag").unlink(missing_ok=True)
    if found.dataset != remote.dataset:
        part.unlink()
        what = f"{found.kind} {found.dataset}".strip()
        raise SourceError(
            f"what came is not {remote.dataset} but {what}; it is thrown away",
            where=remote.url,
            hint="the publisher may have moved it or show an error page",
        )
    part.replace(target)
    return Fetched(remote, target, digest.hexdigest(), answer)
