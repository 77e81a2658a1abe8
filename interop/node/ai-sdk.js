// The AI SDK of Vercel with its provider for compatible servers, and with its OpenAI provider.
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, embedMany, generateText, isStepCount, Output, streamText, tool } from 'ai';
import { z } from 'zod';
import {
  abortTimes, attempts, backend, baseURL, check, checkEqual, checkWeather, crowd, each, echo, faulty, key, model,
  newTag, pictureSeen, pictureUrl, plainModel, raised, weatherOf, weatherQuestion,
} from './harness.js';

const tools = {
  get_weather: tool({
    description: 'The weather of a city',
    inputSchema: z.object({ city: z.string() }),
    execute: async ({ city }) => weatherOf(city),
  }),
};

const Place = z.object({ city: z.string(), population: z.number().int(), tags: z.array(z.string()) });

const expectedErrors = { 400: 400, 404: 404, 429: 429, 500: 502, drop: 502 };

function checkError(error, status) {
  check(APICallError.isInstance(error), `another error: ${error}`);
  checkEqual(error.statusCode, status, 'status');
  checkEqual(error.isRetryable, status === 429 || status >= 500, 'isRetryable');
}

/** What the SDK streams: its errors are parts. */
async function streamedText(options) {
  let text = '';
  let finish;
  for await (const part of streamText({ maxRetries: 0, onError() {}, ...options }).fullStream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'abort') throw new Error('aborted');
    if (part.type === 'text-delta') text += part.text;
    if (part.type === 'finish') finish = part.finishReason;
  }
  checkEqual(finish, 'stop', 'finishReason');
  return text;
}

function aiSdk(provider) {
  const chat = provider().chat(model);
  const generate = (options) => generateText({ model: chat, maxRetries: 0, ...options });
  const stream = (prompt, more) => streamedText({ model: chat, prompt, ...more });

  return {
    async chat() {
      const answer = await generate({
        instructions: 'Be kind.', prompt: 'Hello.', temperature: 0.5, maxOutputTokens: 99,
      });
      checkEqual(answer.text, echo('Hello.') + ' I was told: Be kind.', 'text');
      checkEqual(answer.finishReason, 'stop', 'finishReason');
      checkEqual(answer.usage.totalTokens, 30, 'usage');
    },

    async header() {
      const other = provider({ headers: { 'X-Provider-LLM': backend } });
      const answer = await generate({ model: other.chat(plainModel), prompt: 'Hello.' });
      checkEqual(answer.text, echo('Hello.'), 'text');
    },

    async stream() {
      const result = streamText({ model: chat, prompt: 'Hello.', maxRetries: 0 });
      let pieces = 0;
      for await (const piece of result.textStream) pieces += piece.length > 0;
      checkEqual(await result.text, echo('Hello.'), 'text');
      check(pieces > 3, `only ${pieces} pieces`);
      checkEqual((await result.usage).totalTokens, 30, 'usage');
    },

    async tools() {
      const answer = await generate({ prompt: weatherQuestion, tools, stopWhen: isStepCount(4) });
      checkWeather(answer.text);
    },

    async 'tools-stream'() {
      checkWeather(await stream(weatherQuestion, { tools, stopWhen: isStepCount(4) }));
    },

    async structured() {
      const { output } = await generate({ prompt: 'Describe a place.', output: Output.object({ schema: Place }) });
      checkEqual([output.city, output.population, output.tags.length], ['Paris', 7, 2], 'output');
    },

    async vision() {
      const content = [{ type: 'text', text: 'What is this?' }, { type: 'image', image: pictureUrl }];
      const answer = await generate({ messages: [{ role: 'user', content }] });
      checkEqual(answer.text, pictureSeen, 'text');
    },

    async embeddings() {
      const embedding = provider().embedding(model);
      const call = () => embedMany({ model: embedding, values: ['one', 'three'], maxRetries: 0 });
      if (backend === 'bedrock') {
        const error = await raised(call);
        checkError(error, 400);
        return `refused: ${error.message}`;
      }
      checkEqual((await call()).embeddings, [[3, 0.5, -1.25, 0], [5, 0.5, -1.25, 1]], 'vectors');
    },

    ...each('error', expectedErrors, async (name, status) => {
      checkError(await raised(() => generate({ prompt: faulty('error-' + name) })), status);
      const error = await raised(() => stream(faulty('error-' + name)));
      checkError(error, status);
      if (name === '429') checkEqual(error.responseHeaders['retry-after'], '1', 'Retry-After');
      if (name === '400') check(error.message.includes('knob'), error.message);
    }),

    async 'error-401'() {
      const stranger = provider({ apiKey: 'wrong' });
      checkError(await raised(() => generate({ model: stranger.chat(model), prompt: 'Hi.' })), 401);
    },

    async retry() {
      const tag = newTag();
      const answer = await generate({ prompt: `Hi. [do:retry-429] [tag:${tag}]`, maxRetries: 2 });
      checkEqual(answer.text, echo('Hi.'), 'text');
      checkEqual(await attempts(tag), 2, 'requests upstream');
    },

    ...each('stream', { error: 'stumbled', cut: '', drop: '' }, async (name, words) => {
      const error = await raised(() => stream(faulty('stream-' + name)));
      const message = error.message ?? JSON.stringify(error);
      check(message.includes(words), `another message: ${message}`);
      return `${error.constructor.name}: ${message}`;
    }),

    ...each('abort', { endless: 0, silent: 0, waiting: 0 }, (how) =>
      abortTimes(how, (text, abortSignal) => stream(text, { abortSignal }))),

    'abort-whole': () => abortTimes('waiting', (prompt, abortSignal) => generate({ prompt, abortSignal })),

    crowd: () => crowd((text) => stream(text)),
  };
}

export const compatible = aiSdk((more) => {
  const provider = createOpenAICompatible({
    name: 'gateway', baseURL, apiKey: key, includeUsage: true, supportsStructuredOutputs: true, ...more,
  });
  return { chat: (id) => provider.chatModel(id), embedding: (id) => provider.embeddingModel(id) };
});

export const openaiProvider = aiSdk((more) => {
  const provider = createOpenAI({ baseURL, apiKey: key, ...more });
  return { chat: (id) => provider.chat(id), embedding: (id) => provider.embedding(id) };
});
