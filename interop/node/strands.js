// Strands Agents with its OpenAI model, on chat completions; it always streams.
import { Agent, ContextWindowOverflowError, ImageBlock, Message, ModelThrottledError, TextBlock, tool } from '@strands-agents/sdk';
import { OpenAIModel } from '@strands-agents/sdk/models/openai';
import { z } from 'zod';
import { readFileSync } from 'node:fs';
import {
  abortTimes, attempts, backend, baseURL, check, checkEqual, crowd, each, echo, faulty, key, model,
  newTag, pictureSeen, plainModel, raised, weatherOf,
} from './harness.js';

const chatModel = ({ modelId = model, apiKey = key, ...clientConfig } = {}) =>
  new OpenAIModel({ api: 'chat', modelId, apiKey, clientConfig: { baseURL, maxRetries: 0, ...clientConfig } });

const agent = (more) => new Agent({ model: chatModel(), printer: false, retryStrategy: null, ...more });

const getWeather = tool({
  name: 'get_weather',
  description: 'The weather of a city',
  inputSchema: z.object({ city: z.string() }),
  callback: ({ city }) => weatherOf(city),
});

const Place = z.object({ city: z.string(), population: z.number().int(), tags: z.array(z.string()) });

const textOf = (result) => result.lastMessage.content.map((block) => block.text ?? '').join('');

async function ask(text, options) {
  const result = await agent().invoke(text, options);
  checkEqual(result.stopReason, 'endTurn', 'stopReason');
  return textOf(result);
}

const expectedErrors = {
  400: (error) => error.cause.status === 400 && error.message.includes('knob'),
  404: (error) => error.cause.status === 404,
  429: (error) => error instanceof ModelThrottledError && error.cause.headers.get('retry-after') === '1',
  500: (error) => error.cause.status === 502,
  drop: (error) => error.cause.status === 502,
  context: (error) => error instanceof ContextWindowOverflowError,
};

export const strands = {
  async chat() {
    const result = await agent({ systemPrompt: 'Be kind.' }).invoke('Hello.');
    checkEqual(textOf(result), echo('Hello.') + ' I was told: Be kind.', 'text');
    checkEqual(result.stopReason, 'endTurn', 'stopReason');
    checkEqual(result.metrics.accumulatedUsage.totalTokens, 30, 'usage');
  },

  async header() {
    const other = chatModel({ modelId: plainModel, defaultHeaders: { 'X-Provider-LLM': backend } });
    checkEqual(textOf(await agent({ model: other }).invoke('Hello.')), echo('Hello.'), 'text');
  },

  async stream() {
    let text = '';
    let pieces = 0;
    for await (const event of agent().stream('Hello.')) {
      const inner = event.type === 'modelStreamUpdateEvent' ? event.event : event;
      if (inner.type === 'modelContentBlockDeltaEvent' && inner.delta.type === 'textDelta') {
        text += inner.delta.text;
        pieces++;
      }
    }
    checkEqual(text, echo('Hello.'), 'text');
    check(pieces > 3, `only ${pieces} pieces`);
  },

  async 'tools-stream'() {
    const result = await agent({ tools: [getWeather] }).invoke('What is the weather in Paris?');
    checkEqual(textOf(result), 'The tools said: sunny in Paris.', 'text');
    // Its chat adapter ends the blocks of all calls only behind the last one, whoever serves.
    return 'one call: this SDK keeps only the last of several calls in a streamed turn';
  },

  async structured() {
    const result = await agent().invoke('Describe a place.', { structuredOutputSchema: Place });
    const { city, population, tags } = result.structuredOutput;
    checkEqual([city, population, tags.length], ['Paris', 7, 2], 'structuredOutput');
  },

  async vision() {
    const bytes = new Uint8Array(readFileSync(process.env.INTEROP_PICTURE));
    const content = [new TextBlock('What is this?'), new ImageBlock({ format: 'png', source: { bytes } })];
    checkEqual(await ask([new Message({ role: 'user', content })]), pictureSeen, 'text');
  },

  ...each('error', expectedErrors, async (name, isRight) => {
    const error = await raised(() => ask(faulty('error-' + name)));
    check(isRight(error), `another error: ${error.constructor.name} ${error.status} ${error.message}`);
    return `${error.constructor.name}: ${error.message}`;
  }),

  async 'error-401'() {
    const stranger = agent({ model: chatModel({ apiKey: 'wrong' }) });
    checkEqual((await raised(() => stranger.invoke('Hi.'))).cause.status, 401, 'status');
  },

  async retry() {
    const tag = newTag();
    const patient = agent({ model: chatModel({ maxRetries: 2 }) });
    checkEqual(textOf(await patient.invoke(`Hi. [do:retry-429] [tag:${tag}]`)), echo('Hi.'), 'text');
    checkEqual(await attempts(tag), 2, 'requests upstream');
  },

  ...each('stream', { error: 'stumbled', cut: '', drop: '' }, async (name, words) => {
    const error = await raised(() => ask(faulty('stream-' + name)));
    check(error.message.includes(words), `another message: ${error.message}`);
    return `${error.constructor.name}: ${error.message}`;
  }),

  ...each('abort', { endless: 0, silent: 0, waiting: 0 }, (how) =>
    abortTimes(how, (text, cancelSignal) => ask(text, { cancelSignal }))),

  crowd: () => crowd((text) => ask(text)),
};
