import OpenAI6 from 'openai';
import { zodResponseFormat as zodResponseFormat6 } from 'openai/helpers/zod';
import OpenAI7 from 'openai-7';
import { zodResponseFormat as zodResponseFormat7 } from 'openai-7/helpers/zod';
import { compatible, openaiProvider } from './ai-sdk.js';
import { run, versionOf } from './harness.js';
import { langchain } from './langchain.js';
import { openai } from './openai.js';
import { strands } from './strands.js';

await run('openai-node-7', versionOf('openai-7'), openai({ OpenAI: OpenAI7, zodResponseFormat: zodResponseFormat7 }));
await run('openai-node-6', versionOf('openai'), openai({ OpenAI: OpenAI6, zodResponseFormat: zodResponseFormat6 }));
await run('langchain-js', versionOf('@langchain/openai'), langchain);
await run('ai-sdk-openai-compatible', versionOf('@ai-sdk/openai-compatible'), compatible);
await run('ai-sdk-openai', versionOf('@ai-sdk/openai'), openaiProvider);
await run('strands-ts', versionOf('@strands-agents/sdk'), strands);
