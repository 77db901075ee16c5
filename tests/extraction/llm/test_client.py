"""Asking an endpoint that behaves, and endpoints that do not."""

import asyncio

import pytest
from tests.extraction.llm.fake_model import content, fake_model, reply

from finemesh.extraction.llm import client
from finemesh.extraction.llm.client import NoAnswer, ask, open_client
from finemesh.model.errors import UserError

MESSAGES = ({"role": "user", "content": "What does it say?"},)


def asked(endpoint):
    async def once():
        async with open_client(endpoint) as opened:
            return await ask(opened, endpoint, MESSAGES)

    return asyncio.run(once())


def test_an_answer(monkeypatch):
    monkeypatch.setenv("TEST_MODEL_KEY", "secret-1")
    with fake_model(lambda h, _: reply(h, content("Words."))) as model:
        assert asked(model.endpoint(key_env="TEST_MODEL_KEY")) == "Words."
    [body] = model.asked
    assert (body["model"], body["temperature"], body["stream"], body["messages"]) == ("fake-1", 0, False, [*MESSAGES])
    assert model.headers[0]["Authorization"] == "Bearer secret-1"


def test_without_a_key_nothing_is_sent(monkeypatch):
    monkeypatch.delenv("TEST_MODEL_KEY", raising=False)
    with fake_model(lambda h, _: reply(h, content("Words."))) as model:
        with pytest.raises(UserError, match="TEST_MODEL_KEY holds no key"):
            asked(model.endpoint(key_env="TEST_MODEL_KEY"))
        assert model.asked == []
        assert asked(model.endpoint()) == "Words."
    assert "Authorization" not in model.headers[0]


@pytest.mark.parametrize(("status", "times"), [(500, 2), (503, 2), (429, 2), (400, 1), (401, 1), (404, 1)])
def test_what_may_pass_is_asked_again(status, times):
    with fake_model(lambda h, _: reply(h, b"{}", status)) as model, pytest.raises(NoAnswer, match=f"HTTP {status}"):
        asked(model.endpoint())
    assert len(model.asked) == times


def test_an_answer_after_a_failure():
    def behaviour(handler, _):
        reply(handler, content("Words."), 200 if len(model.asked) > 1 else 429, Retry_After="0")

    with fake_model(behaviour) as model:
        assert asked(model.endpoint()) == "Words."
    assert len(model.asked) == 2


def test_one_that_stalls_is_left():
    with fake_model(lambda *_: model.gate.wait(60)) as model, pytest.raises(NoAnswer, match="too long"):
        asked(model.endpoint(timeout=0.3, retries=0))


def test_one_that_drips_is_left():
    def behaviour(handler, _):
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        while not model.gate.wait(0.02):
            handler.wfile.write(b" ")

    with fake_model(behaviour) as model, pytest.raises(NoAnswer, match="too long"):
        asked(model.endpoint(timeout=0.5, retries=0))


def test_an_answer_without_end_is_cut(monkeypatch):
    monkeypatch.setattr(client, "MAX_BYTES", 10_000)
    behaviour = lambda h, _: reply(h, content("x" * 50_000))  # noqa: E731
    with fake_model(behaviour) as model, pytest.raises(NoAnswer, match="far too long"):
        asked(model.endpoint())
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": {}}]}',
        content("x")[:40],
        b"\xff\xfe",
    ],
)
def test_what_is_not_in_the_form_is_no_answer(body):
    with fake_model(lambda h, _: reply(h, body)) as model, pytest.raises(NoAnswer, match="OpenAI's form"):
        asked(model.endpoint())
    assert len(model.asked) == 2


@pytest.mark.parametrize("words", [None, 7, ["x"], {"text": "x"}])
def test_words_of_another_kind_are_no_answer(words):
    with fake_model(lambda h, _: reply(h, content(words))) as model, pytest.raises(NoAnswer, match="no words"):
        asked(model.endpoint())


def test_a_body_that_is_cut_is_no_answer():
    def behaviour(handler, _):
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(content("Words.")[:30])

    with fake_model(behaviour) as model, pytest.raises(NoAnswer, match="connection failed"):
        asked(model.endpoint())


def test_a_redirect_is_not_followed():
    behaviour = lambda h, _: reply(h, b"", 307, Location="http://127.0.0.1:9/else")  # noqa: E731
    with fake_model(behaviour) as model, pytest.raises(NoAnswer, match="HTTP 307"):
        asked(model.endpoint())


def test_nobody_there():
    with fake_model(lambda *_: None) as model:
        endpoint = model.endpoint()
    with pytest.raises(NoAnswer, match="nobody answers") as caught:
        asked(endpoint)
    assert not caught.value.reached


def test_proxies_of_the_surroundings_are_left_alone(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with fake_model(lambda h, _: reply(h, content("Words."))) as model:
        assert asked(model.endpoint()) == "Words."
