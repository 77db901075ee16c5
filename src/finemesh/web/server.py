"""The server on loopback."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from finemesh.case import Case
from finemesh.model.errors import UserError
from finemesh.web.app import create_app

HOST = "127.0.0.1"
PORT = 8787
"""The port that is used when none is named."""
_NEXT_PORTS = 20


def serve(case: Case, port: int | None = None, *, announce: Callable[[str], None] | None = None) -> None:
    """Serve the pages and the API of a case on 127.0.0.1 until it is interrupted (Ctrl-C).

    Args:
        case: The case; builds that are made meanwhile are followed.
        port: The port; None takes 8787 or the next free one, 0 any free one.
        announce: Is told the address once it is known that it can be listened on.

    Raises:
        UserError: The port is taken, or may not be used.
    """
    listening = _listen(port)
    address = f"http://{HOST}:{listening.getsockname()[1]}/"
    config = uvicorn.Config(
        create_app(case),
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=2,
    )
    if announce is not None:
        announce(address)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()


def _listen(port: int | None) -> socket.socket:
    """A listening socket on loopback."""
    wanted = range(PORT, PORT + _NEXT_PORTS) if port is None else [port]
    problem: OSError | OverflowError | None = None
    for number in wanted:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, number))
            listening.listen(64)
        except (OSError, OverflowError) as error:
            listening.close()
            problem = error
            continue
        return listening
    raise UserError(
        f"cannot listen on {HOST}:{wanted[0]}: {problem}",
        hint="another program (perhaps another `finemesh serve`) uses the port: name one with --port, or --port 0",
    ) from problem
