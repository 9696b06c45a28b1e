/** Runs a part of a benchmark in its own process, so that CPU time is measured for each part. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface BenchProcess {
  readonly port: number;
  /** @throws Error with the child's error when the command failed, or when the child has exited */
  ask<Schema extends z.ZodType>(command: string, argument: unknown, reply: Schema): Promise<z.output<Schema>>;
  /** Resolves when it has exited. */
  stop(): Promise<void>;
}

/** CPU time in microseconds and event-loop busy time in milliseconds, since the process started. */
export const costSchema = z.object({ cpuMicros: z.number(), busyMs: z.number(), atMs: z.number() });
export type Cost = z.output<typeof costSchema>;
export const memorySchema = z.object({ rssBytes: z.number(), heapBytes: z.number() });

const helloSchema = z.object({ port: z.int() });
const replySchema = z.object({ id: z.int(), value: z.unknown().optional(), fault: z.string().optional() });
const questionSchema = z.object({ id: z.int(), command: z.string(), argument: z.unknown() });

/** @param entry module that calls `serveParent`; `argument` is its `process.argv[2]` */
export async function startBenchProcess(entry: URL, argument = ''): Promise<BenchProcess> {
  const child = fork(fileURLToPath(entry), [argument], {
    // The child runs TypeScript, too. Memory is only comparable after a garbage collection.
    execArgv: ['--import', import.meta.resolve('tsx'), '--expose-gc', ...profiling()],
    stdio: ['ignore', 2, 'inherit', 'ipc'], // stdout is for the report
  });
  const ended = once(child, 'exit');
  const { port } = helloSchema.parse(await firstMessage(child));
  const waiting = new Map<number, (reply: z.output<typeof replySchema>) => void>();
  let asked = 0;
  child.on('message', (raw) => {
    const reply = replySchema.parse(raw);
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  child.on('exit', (code) => {
    for (const [id, settle] of waiting) settle({ id, fault: `it ended with ${code}` });
  });
  return {
    port,
    async ask(command, argument, schema) {
      const id = ++asked;
      const reply = await new Promise<z.output<typeof replySchema>>((resolve) => {
        waiting.set(id, resolve);
        child.send({ id, command, argument });
      });
      if (reply.fault !== undefined) throw new Error(`${command}: ${reply.fault}`);
      return schema.parse(reply.value);
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** `BENCH_CPU_PROF=folder` writes a CPU profile of each process to that folder. */
function profiling(): string[] {
  const folder = process.env['BENCH_CPU_PROF'];
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}

async function firstMessage(child: ChildProcess): Promise<unknown> {
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]): never => {
      throw new Error(`A benchmark process exited with code ${code} before it was ready.`);
    }),
  ]);
  return message;
}

type Commands = Readonly<Record<string, (argument: unknown) => unknown>>;

/** The child's side: reports its port, executes commands, and exits with its parent. */
export function serveParent(port: number, commands: Commands, close: () => Promise<void>): void {
  const all: Commands = { cost: readCost, memory: readMemory, ...commands };
  process.on('message', (raw) => {
    const { id, command, argument } = questionSchema.parse(raw);
    const answer = async () => all[command]?.(argument);
    answer().then(
      (value) => process.send?.({ id, value: value ?? null }),
      (error: unknown) => process.send?.({ id, fault: String(error) }),
    );
  });
  process.once('disconnect', () => void close().finally(() => process.exit(0)));
  process.send?.({ port });
}

function readCost(): Cost {
  const { user, system } = process.cpuUsage();
  const { active } = performance.eventLoopUtilization();
  return { cpuMicros: user + system, busyMs: active, atMs: performance.now() };
}

function readMemory(): z.output<typeof memorySchema> {
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssBytes: rss, heapBytes: heapUsed + external };
}
