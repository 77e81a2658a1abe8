// The openai package, in two major versions.
import { z } from 'zod';
import {
  abortTimes, attempts, backend, baseURL, check, checkEqual, checkWeather, crowd, each, echo, faulty, key, model,
  newTag, pictureSeen, pictureUrl, plainModel, raised, weatherOf, weatherQuestion,
} from './harness.js';

const user = (content) => [{ role: 'user', content }];

const weatherParameters = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

export function openai({ OpenAI, zodResponseFormat }) {
  const client = new OpenAI({ baseURL, apiKey: key, maxRetries: 0 });
  const chat = (content, more, options) =>
    client.chat.completions.create({ model, messages: user(content), ...more }, options);

  async function streamedText(content, options) {
    let text = '';
    let finish = null;
    for await (const chunk of await chat(content, { stream: true }, options)) {
      text += chunk.choices[0].delta.content ?? '';
      finish = chunk.choices[0].finish_reason ?? finish;
    }
    checkEqual(finish, 'stop', 'finish_reason');
    return text;
  }

  const weatherTools = [
    {
      type: 'function',
      function: {
        name: 'get_weather',
        description: 'The weather of a city',
        parameters: weatherParameters,
        parse: JSON.parse,
        function: ({ city }) => weatherOf(city),
      },
    },
  ];

  const Place = z.object({ city: z.string(), population: z.number().int(), tags: z.array(z.string()) });

  return {
    async chat() {
      const messages = [{ role: 'developer', content: 'Be kind.' }, ...user('Hello.')];
      const answer = await client.chat.completions.create({ model, messages, temperature: 0.5, max_completion_tokens: 99 });
      checkEqual(answer.choices[0].message.content, echo('Hello.') + ' I was told: Be kind.', 'content');
      checkEqual(answer.choices[0].finish_reason, 'stop', 'finish_reason');
      checkEqual(answer.usage.total_tokens, 30, 'usage');
      checkEqual(answer.usage.prompt_tokens_details.cached_tokens, 4, 'cached tokens');
      check(answer._request_id, 'no request id');
    },

    async header() {
      const options = { headers: { 'X-Provider-LLM': backend } };
      const answer = await chat('Hello.', { model: plainModel }, options).withResponse();
      checkEqual(answer.response.headers.get('x-gateway-provider'), backend, 'who served');
      checkEqual(answer.data.choices[0].message.content, echo('Hello.'), 'content');
    },

    async stream() {
      const stream = client.chat.completions.stream({
        model, messages: user('Hello.'), stream_options: { include_usage: true },
      });
      let deltas = 0;
      stream.on('content.delta', () => deltas++);
      const answer = await stream.finalChatCompletion();
      checkEqual(answer.choices[0].message.content, echo('Hello.'), 'content');
      check(deltas > 3, `only ${deltas} pieces`);
      checkEqual(answer.usage.total_tokens, 30, 'usage');
      checkEqual(await streamedText('Hello.'), echo('Hello.'), 'content without usage');
    },

    async tools() {
      const runner = client.chat.completions.runTools({ model, messages: user(weatherQuestion), tools: weatherTools });
      checkWeather(await runner.finalContent());
    },

    async 'tools-stream'() {
      const runner = client.chat.completions.runTools({
        model, messages: user(weatherQuestion), tools: weatherTools, stream: true,
      });
      checkWeather(await runner.finalContent());
    },

    async structured() {
      const answer = await client.chat.completions.parse({
        model, messages: user('Describe a place.'), response_format: zodResponseFormat(Place, 'place'),
      });
      const { city, population, tags } = answer.choices[0].message.parsed;
      checkEqual([city, population, tags.length], ['Paris', 7, 2], 'parsed');
    },

    async vision() {
      const parts = [{ type: 'text', text: 'What is this?' }, { type: 'image_url', image_url: { url: pictureUrl } }];
      const answer = await chat(parts);
      checkEqual(answer.choices[0].message.content, pictureSeen, 'content');
    },

    async models() {
      const ids = [];
      for await (const entry of client.models.list()) ids.push(entry.id);
      // The models of the default backend are listed without its name.
      check(ids.includes(model) || ids.includes(plainModel), `not in the list: ${ids}`);
      const one = await client.models.retrieve(model);
      check(one.id === model || one.id === plainModel, `id ${one.id}`);
      checkEqual([one.object, one.owned_by], ['model', backend], 'model');
    },

    async embeddings() {
      const call = () => client.embeddings.create({ model, input: ['one', 'three'] });
      if (backend === 'bedrock') {
        const error = await raised(call);
        check(error instanceof OpenAI.BadRequestError, `another error: ${error}`);
        return `refused: ${error.message}`;
      }
      const answer = await call();
      checkEqual(answer.data.map((entry) => entry.embedding), [[3, 0.5, -1.25, 0], [5, 0.5, -1.25, 1]], 'vectors');
    },

    ...errors(OpenAI, chat),

    async retry() {
      const tag = newTag();
      const patient = new OpenAI({ baseURL, apiKey: key });
      const begin = Date.now();
      const answer = await patient.chat.completions.create({ model, messages: user(`Hi. [do:retry-429] [tag:${tag}]`) });
      checkEqual(answer.choices[0].message.content, echo('Hi.'), 'content');
      check(Date.now() - begin >= 1000, 'Retry-After was not waited for');
      checkEqual(await attempts(tag), 2, 'requests upstream');
    },

    ...each('stream', { error: 'stumbled', cut: '', drop: '' }, async (name, words) => {
      const error = await raised(() => streamedText(faulty('stream-' + name)));
      check(error instanceof OpenAI.APIError, `another error: ${error}`);
      check(error.message.includes(words), `another message: ${error.message}`);
      return `${error.constructor.name}: ${error.message}`;
    }),

    ...each('abort', { endless: 0, silent: 0, waiting: 0 }, (how) =>
      abortTimes(how, (text, signal) => streamedText(text, { signal }))),

    'abort-whole': () => abortTimes('waiting', (text, signal) => chat(text, {}, { signal })),

    crowd: () => crowd(streamedText),
  };

  function errors(OpenAI, chat) {
    const expected = {
      400: OpenAI.BadRequestError,
      404: OpenAI.NotFoundError,
      429: OpenAI.RateLimitError,
      500: OpenAI.InternalServerError,
      drop: OpenAI.InternalServerError,
    };
    return {
      ...each('error', expected, async (name, type) => {
        for (const stream of [false, true]) {
          const error = await raised(() => chat(faulty('error-' + name), { stream }));
          check(error instanceof type, `another error: ${error}`);
          if (name === '429') checkEqual(error.headers.get('retry-after'), '1', 'Retry-After');
          if (name === '500' || name === 'drop') checkEqual(error.status, 502, 'status');
          if (name === '400') check(error.message.includes('knob'), error.message);
        }
      }),
      async 'error-401'() {
        const stranger = new OpenAI({ baseURL, apiKey: 'wrong', maxRetries: 0 });
        const error = await raised(() => stranger.chat.completions.create({ model, messages: user('Hi.') }));
        check(error instanceof OpenAI.AuthenticationError, `another error: ${error}`);
      },
      async 'error-context'() {
        const error = await raised(() => chat(faulty('error-context')));
        check(error instanceof OpenAI.BadRequestError, `another error: ${error}`);
        checkEqual(error.code, 'context_length_exceeded', 'code');
      },
    };
  }
}
