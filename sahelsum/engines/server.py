"""Models behind an OpenAI-compatible server (Ollama, vLLM, llama.cpp): one chat completion per text.

The text is data: the instruction stands in the system message, the user message is the article's text and nothing
else. There is no tokenizer here, so tokens are estimated from characters.
"""

from __future__ import annotations

import json
import math
import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException

from sahelsum.catalog.generation import Generation
from sahelsum.engines.base import Search, Signature
from sahelsum.engines.budget import CALL_TOKENS
from sahelsum.engines.local import refuse_too_long
from sahelsum.errors import ConfigError, EngineError, ModelUnavailableError
from sahelsum.paths import API_KEY_VARIABLE
from sahelsum.records import Finish, Hypothesis, Output

CHARACTERS_PER_TOKEN = 3
"""German in the vocabularies of current language models: 3 to 4 characters a token; 3 overestimates the tokens."""
DEFAULT_WORKERS = 4
"""Requests at a time: enough to keep a server that batches busy, few enough for one that queues."""
TIMEOUT_SEC = 300.0
"""A long summary on a CPU server takes minutes."""
RETRIES = 4
FIRST_WAIT_SEC = 0.5
"""Doubled after every try."""
_MAX_ANSWER_BYTES = 10_000_000
_RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_SEED = 0
_SECOND_SEARCH = Search(temperature=0.7, seed=1)
"""A usual temperature: other wordings of the same content."""
_SHOWN_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class ServerSetup:
    """Where the server is, and what is asked of it."""

    url: str
    """Base address, such as ``http://localhost:11434/v1``."""
    model: str
    system_prompt: str
    limit_tokens: int
    generation: Generation
    signature: Signature
    workers: int = DEFAULT_WORKERS
    timeout_sec: float = TIMEOUT_SEC
    sleep: Callable[[float], None] = field(default=time.sleep)


class ServerEngine:
    """An :class:`~sahelsum.engines.base.Engine` over HTTP. The API key is read from ``SAHELSUM_API_KEY`` only."""

    def __init__(self, setup: ServerSetup) -> None:
        parts = urllib.parse.urlsplit(setup.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigError(
                f"{setup.url!r} is no server address.", hint="Expected something like http://localhost:11434/v1."
            )
        if parts.username or parts.password:
            raise ConfigError(
                f"The address of the server {parts.hostname} holds a password.",
                hint=f"Remove it from the card and put the key into the environment variable {API_KEY_VARIABLE}.",
            )
        self._setup = setup
        self._address = f"{setup.url.rstrip('/')}/chat/completions"
        self._opener = urllib.request.build_opener(_NoRedirects)

    @property
    def signature(self) -> Signature:
        """What shapes the output, as far as it can be known from here."""
        return self._setup.signature

    @property
    def limit_tokens(self) -> int:
        """Longest input in estimated tokens."""
        return self._setup.limit_tokens

    @property
    def batch_tokens(self) -> int:
        """Source tokens to give it at once."""
        return CALL_TOKENS

    @property
    def calls_at_once(self) -> int:
        """One: its requests go side by side already, no more of them than the server was said to bear."""
        return 1

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Estimated length of each text: a third of its characters, rounded up."""
        return [math.ceil(len(text) / CHARACTERS_PER_TOKEN) for text in texts]

    @property
    def further_searches(self) -> Sequence[Search]:
        """One sampled answer; a server has no beam to widen."""
        return (_SECOND_SEARCH,)

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        """One answer per text, in order.

        Raises:
            InputTooLongError: a text is over the limit.
            ModelUnavailableError: no server answers there, it does not know the model, or it refuses the key.
            EngineError: it answered with something else than a chat completion, or kept failing.
        """
        counts = self.count_tokens(texts)
        for text, tokens in zip(texts, counts, strict=True):
            refuse_too_long(text, tokens, self.limit_tokens)
        stop = threading.Event()

        def answer(text: str, tokens: int) -> Output:
            if stop.is_set():
                raise EngineError("Not asked: another request had failed.")
            return self._answer(text, tokens, search or Search(seed=_SEED))

        with ThreadPoolExecutor(max_workers=self._setup.workers) as pool:
            jobs = [pool.submit(answer, text, tokens) for text, tokens in zip(texts, counts, strict=True)]
            try:
                return [job.result() for job in jobs]
            except BaseException:  # also an interrupt: the requests still waiting must not be sent
                stop.set()
                raise

    def close(self) -> None:
        """Nothing to free: every request has its own connection."""

    def _answer(self, text: str, source_tokens: int, search: Search) -> Output:
        if not text.strip():
            return Output(0, (Hypothesis("", 0),))
        content, finish, tokens = _read_answer(self._request(text, source_tokens, search), self._address)
        return Output(source_tokens, (Hypothesis(content, tokens or self.count_tokens([content])[0], None, finish),))

    def _request(self, text: str, source_tokens: int, search: Search) -> bytes:
        system = self._setup.system_prompt.strip()
        messages = [{"role": "system", "content": system}] if system else []
        body = {
            "model": self._setup.model,
            "messages": [*messages, {"role": "user", "content": text}],
            "temperature": search.temperature,
            "seed": search.seed,
            "max_tokens": self._setup.generation.bound(source_tokens),
            "stream": False,
        }
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked to be http or https
            self._address, data=json.dumps(body).encode(), headers=_headers(), method="POST"
        )
        return self._send(request)

    def _send(self, request: urllib.request.Request) -> bytes:
        """Send a request, again after a growing pause where the failure may pass."""
        wait = FIRST_WAIT_SEC
        for retries_left in range(RETRIES - 1, -1, -1):
            try:
                return self._send_once(request)
            except _PassingError as error:
                if not retries_left:
                    raise error.final from error
            self._setup.sleep(wait)
            wait *= 2
        raise AssertionError("unreachable: the last try returns or raises")

    def _send_once(self, request: urllib.request.Request) -> bytes:
        try:
            with self._opener.open(request, timeout=self._setup.timeout_sec) as response:
                data: bytes = response.read(_MAX_ANSWER_BYTES + 1)
        except urllib.error.HTTPError as error:
            failure = self._refused(error)
            raise _PassingError(failure) if error.code in _RETRIED else failure from error
        except (OSError, HTTPException) as error:
            raise _PassingError(self._unreachable(error)) from error
        if len(data) > _MAX_ANSWER_BYTES:
            raise EngineError(f"{self._address} answered with more than {_MAX_ANSWER_BYTES} bytes.")
        return data

    def _refused(self, error: urllib.error.HTTPError) -> EngineError | ModelUnavailableError:
        said = error.read(_SHOWN_CHARACTERS * 4).decode("utf-8", "replace")[:_SHOWN_CHARACTERS].strip()
        message = f"{self._address} answered {error.code} for the model {self._setup.model!r}: {said or error.reason}"
        if error.code in (401, 403):
            return ModelUnavailableError(message, hint=f"Set the server's key in {API_KEY_VARIABLE}.")
        if error.code == 404:
            return ModelUnavailableError(
                message, hint=f"Is the model loaded there? With Ollama: ollama pull {self._setup.model}"
            )
        return EngineError(message)

    def _unreachable(self, error: OSError | HTTPException) -> ModelUnavailableError:
        reason = getattr(error, "reason", error)
        return ModelUnavailableError(
            f"No answer from {self._address} ({reason}).",
            hint="Start the server (with Ollama: ollama serve), or correct location.server in the model's card.",
        )


class _PassingError(Exception):
    """A failure that may pass; ``final`` is what to tell the user if it does not."""

    def __init__(self, final: EngineError | ModelUnavailableError) -> None:
        super().__init__(str(final))
        self.final = final


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key to another host: it is an error instead."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""
        return


def _headers() -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    key = os.environ.get(API_KEY_VARIABLE, "").strip()
    return {**headers, "Authorization": f"Bearer {key}"} if key else headers


def _read_answer(data: bytes, address: str) -> tuple[str, Finish, int]:
    """Text, finish reason and number of tokens (0 where not told) of a chat completion."""
    try:
        answer = json.loads(data)
        choice = answer["choices"][0]
        content = choice["message"]["content"]
        usage: Mapping[str, object] = answer.get("usage") or {}
        if not isinstance(content, str):
            raise TypeError("content is no text")
        tokens = usage.get("completion_tokens")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise EngineError(
            f"{address} did not answer with a chat completion.", hint="Is it an OpenAI-compatible server?"
        ) from error
    finish = Finish.LENGTH if choice.get("finish_reason") == "length" else Finish.STOP
    return content.strip(), finish, tokens if isinstance(tokens, int) and tokens > 0 else 0
