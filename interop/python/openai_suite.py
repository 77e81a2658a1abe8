"""The openai package."""

import time

import openai
from openai import AsyncOpenAI, OpenAI
from pydantic import BaseModel

from harness import (
    BACKEND, BASE_URL, KEY, MODEL, PICTURE_SEEN, PICTURE_URL, PLAIN_MODEL, VECTORS, WEATHER_ANSWER,
    WEATHER_QUESTION, abort_times, attempts, check, check_equal, crowd, each, echo, faulty, new_tag, raised,
)


class Place(BaseModel):
    city: str
    population: int
    tags: list[str]


class GetWeather(BaseModel):
    """The weather of a city."""

    city: str


def user(content):
    return [{"role": "user", "content": content}]


def client(**more):
    return AsyncOpenAI(**{"base_url": BASE_URL, "api_key": KEY, "max_retries": 0, **more})


async def chat(content, **more):
    async with client() as one:
        return await one.chat.completions.create(**{"model": MODEL, "messages": user(content), **more})


async def streamed_text(content, one=None):
    one = one or client()
    text, finish = "", None
    async for chunk in await one.chat.completions.create(model=MODEL, messages=user(content), stream=True):
        text += chunk.choices[0].delta.content or ""
        finish = chunk.choices[0].finish_reason or finish
    check_equal(finish, "stop", "finish_reason")
    return text


async def scenario_chat():
    with OpenAI(base_url=BASE_URL, api_key=KEY, max_retries=0) as one:
        messages = [{"role": "developer", "content": "Be kind."}, *user("Hello.")]
        answer = one.chat.completions.create(
            model=MODEL, messages=messages, temperature=0.5, max_completion_tokens=99
        )
    check_equal(answer.choices[0].message.content, echo("Hello.") + " I was told: Be kind.", "content")
    check_equal(answer.choices[0].finish_reason, "stop", "finish_reason")
    check_equal(answer.usage.total_tokens, 30, "usage")
    check_equal(answer.usage.prompt_tokens_details.cached_tokens, 4, "cached tokens")
    check(answer._request_id, "no request id")


async def scenario_header():
    answer = await chat("Hello.", model=PLAIN_MODEL, extra_headers={"X-Provider-LLM": BACKEND})
    check_equal(answer.choices[0].message.content, echo("Hello."), "content")


async def scenario_stream():
    deltas, text = 0, ""
    with OpenAI(base_url=BASE_URL, api_key=KEY, max_retries=0) as one:
        for chunk in one.chat.completions.create(model=MODEL, messages=user("Hello."), stream=True):
            text += chunk.choices[0].delta.content or ""
            deltas += 1
    check_equal(text, echo("Hello."), "content")
    check(deltas > 3, f"only {deltas} pieces")
    options = {"include_usage": True}
    async with client().chat.completions.stream(
        model=MODEL, messages=user("Hello."), stream_options=options
    ) as stream:
        answer = await stream.get_final_completion()
    check_equal(answer.choices[0].message.content, echo("Hello."), "content of the helper")
    check_equal(answer.usage.total_tokens, 30, "usage")


def _sent_back(message):
    calls = [
        {"id": call.id, "type": "function", "function": {"name": call.function.name, "arguments": call.function.arguments}}
        for call in message.tool_calls
    ]
    return {"role": "assistant", "content": message.content, "tool_calls": calls}


async def _tool_loop(ask, sent_back):
    """The package has no loop for chat completions; this is the one of its guide."""
    messages = user(WEATHER_QUESTION)
    for _ in range(3):
        answer = await ask(messages)
        message = answer.choices[0].message
        if not message.tool_calls:
            check_equal(message.content, WEATHER_ANSWER, "the answer")
            return
        check_equal(answer.choices[0].finish_reason, "tool_calls", "finish_reason")
        messages.append(sent_back(message))
        for call in message.tool_calls:
            city = GetWeather.model_validate_json(call.function.arguments).city
            messages.append({"role": "tool", "tool_call_id": call.id, "content": f"sunny in {city}"})
    raise AssertionError("the model never answered")


async def scenario_tools():
    tools = [openai.pydantic_function_tool(GetWeather)]
    # Many send the message back as the object that it came as.
    await _tool_loop(
        lambda messages: client().chat.completions.create(model=MODEL, messages=messages, tools=tools),
        lambda message: message,
    )


async def scenario_tools_stream():
    tools = [openai.pydantic_function_tool(GetWeather)]

    async def ask(messages):
        async with client().chat.completions.stream(model=MODEL, messages=messages, tools=tools) as stream:
            answer = await stream.get_final_completion()
        for call in answer.choices[0].message.tool_calls or []:
            check(call.function.parsed_arguments.city, "the helper did not parse the arguments")
        return answer

    await _tool_loop(ask, _sent_back)


async def scenario_structured():
    answer = await client().chat.completions.parse(
        model=MODEL, messages=user("Describe a place."), response_format=Place
    )
    place = answer.choices[0].message.parsed
    check_equal((place.city, place.population, len(place.tags)), ("Paris", 7, 2), "parsed")


async def scenario_vision():
    parts = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": PICTURE_URL}}]
    answer = await chat(parts)
    check_equal(answer.choices[0].message.content, PICTURE_SEEN, "content")


async def scenario_models():
    ids = [entry.id async for entry in client().models.list()]
    # The models of the default backend are listed without its name.
    check(MODEL in ids or PLAIN_MODEL in ids, f"not in the list: {ids}")
    one = await client().models.retrieve(MODEL)
    check(one.id in (MODEL, PLAIN_MODEL), f"id {one.id}")
    check_equal((one.object, one.owned_by), ("model", BACKEND), "model")


async def scenario_embeddings():
    call = client().embeddings.create(model=MODEL, input=["one", "three"])
    if BACKEND == "bedrock":
        error = await raised(call)
        check(isinstance(error, openai.BadRequestError), f"another error: {error!r}")
        return f"refused: {error}"
    check_equal([entry.embedding for entry in (await call).data], VECTORS, "vectors")


async def _error(name, expected):
    for stream in (False, True):
        error = await raised(chat(faulty(f"error-{name}"), stream=stream))
        check(isinstance(error, expected), f"another error: {error!r}")
    if name == "429":
        check_equal(error.response.headers["retry-after"], "1", "Retry-After")
    if name in ("500", "drop"):
        check_equal(error.status_code, 502, "status")
    if name == "400":
        check("knob" in str(error), str(error))


each(
    globals(),
    "error",
    {
        "400": openai.BadRequestError,
        "404": openai.NotFoundError,
        "429": openai.RateLimitError,
        "500": openai.InternalServerError,
        "drop": openai.InternalServerError,
    },
    _error,
)


async def scenario_error_401():
    error = await raised(client(api_key="wrong").chat.completions.create(model=MODEL, messages=user("Hi.")))
    check(isinstance(error, openai.AuthenticationError), f"another error: {error!r}")


async def scenario_error_context():
    error = await raised(chat(faulty("error-context")))
    check(isinstance(error, openai.BadRequestError), f"another error: {error!r}")
    check_equal(error.code, "context_length_exceeded", "code")


async def scenario_retry():
    tag, begin = new_tag(), time.monotonic()
    answer = await client(max_retries=2).chat.completions.create(
        model=MODEL, messages=user(f"Hi. [do:retry-429] [tag:{tag}]")
    )
    check_equal(answer.choices[0].message.content, echo("Hi."), "content")
    check(time.monotonic() - begin >= 1, "Retry-After was not waited for")
    check_equal(await attempts(tag), 2, "requests upstream")


async def _broken_stream(name, words):
    error = await raised(streamed_text(faulty(f"stream-{name}")))
    check(isinstance(error, openai.APIError), f"another error: {error!r}")
    check(words in str(error), f"another message: {error}")


each(globals(), "stream", {"error": "stumbled", "cut": "", "drop": ""}, _broken_stream)


async def _abort(how, _):
    return await abort_times(how, streamed_text)


each(globals(), "abort", {"endless": 0, "silent": 0, "waiting": 0}, _abort)


async def scenario_abort_whole():
    return await abort_times("waiting", chat)


async def scenario_crowd():
    async with client() as one:
        await crowd(lambda text: streamed_text(text, one))
