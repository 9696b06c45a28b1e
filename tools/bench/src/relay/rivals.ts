/** Other projects' ways to read a model's stream: client libraries, and a gateway in front of the model. */
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listenLocally } from '@firstword/testing/listen-locally';

export const RIVALS = {
  openai: ['openai@7.57.0'],
  ai: ['ai@7.0.173', '@ai-sdk/openai-compatible@3.0.92'],
  // It cannot stream with later versions of these two, because their headers are immutable.
  portkey: ['@portkey-ai/gateway@1.15.2', 'hono@4.9.7', '@hono/node-server@1.13.7'],
} as const satisfies Record<string, readonly string[]>;
export type RivalName = keyof typeof RIVALS;
export const RIVAL_NAMES = ['openai', 'ai', 'portkey'] as const satisfies readonly RivalName[];

/** Yields the deltas of one answer. */
export type TextStream = (question: string) => AsyncIterable<string>;

/** The part of its API that the benchmark uses. */
interface OpenAiModule {
  readonly OpenAI: new (options: {
    baseURL: string;
    apiKey: string;
    maxRetries: number;
  }) => {
    chat: {
      completions: {
        create(request: object): Promise<AsyncIterable<{ choices: { delta?: { content?: string | null } }[] }>>;
      };
    };
  };
}
interface AiModule {
  readonly streamText: (request: object) => { textStream: AsyncIterable<string> };
}
interface CompatibleModule {
  readonly createOpenAICompatible: (options: { name: string; baseURL: string }) => (model: string) => object;
}

/** @param folder where the packages were installed; `baseUrl` ends in /v1 */
export async function streamThroughOpenAi(folder: string, baseUrl: string): Promise<TextStream> {
  const { OpenAI }: OpenAiModule = await load(folder, 'openai');
  const client = new OpenAI({ baseURL: baseUrl, apiKey: 'none', maxRetries: 0 });
  return async function* (question) {
    const request = { model: 'm', max_tokens: 200, stream: true, messages: [{ role: 'user', content: question }] };
    for await (const { choices } of await client.chat.completions.create(request)) {
      const text = choices[0]?.delta?.content;
      if (text) yield text;
    }
  };
}

export async function streamThroughAi(folder: string, baseUrl: string): Promise<TextStream> {
  const { streamText }: AiModule = await load(folder, 'ai');
  const { createOpenAICompatible }: CompatibleModule = await load(folder, '@ai-sdk/openai-compatible');
  const model = createOpenAICompatible({ name: 'bench', baseURL: baseUrl })('m');
  return (question) => streamText({ model, prompt: question, maxOutputTokens: 200, maxRetries: 0 }).textStream;
}

/** Runs the gateway in this process, so that its CPU time counts as the relay's. */
export async function startPortkey(folder: string, baseUrl: string) {
  const port = await freePort();
  process.argv.push(`--port=${port}`, '--headless');
  await import(pathToFileURL(join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js')).href);
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    headers: { authorization: 'Bearer none', 'x-portkey-provider': 'openai', 'x-portkey-custom-host': baseUrl },
  };
}

/** The gateway cannot choose a free port itself. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenLocally(server);
  server.close();
  return port;
}

function load<Module>(folder: string, name: string): Promise<Module> {
  const path = createRequire(join(folder, 'package.json')).resolve(name);
  return import(pathToFileURL(path).href);
}
