/** Parses files and pages in a worker thread, so that neither a large nor a malformed one stops the visitors' event loop. */
import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../lib/start-thread.ts';
import type { ParsedArticle, ParseFindings, ParseJob, ParseReply, ParseRequest } from './parse-job.ts';

export interface ArticleParser {
  /**
   * One job at a time.
   * @param keep called with a few articles at a time
   * @throws UnreadableError when the bytes cannot be parsed in time or in memory
   */
  parse(job: ParseJob, keep: (articles: readonly ParsedArticle[]) => Promise<void>): Promise<ParseFindings>;
  close(): Promise<void>;
}

/** One file that could not be parsed; the thread starts again for the next one. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

const JOB_MS = 60_000;
/** A file of the largest size needs a few hundred MB while it is parsed. */
const MEMORY_MB = 1024;

export function createArticleParser(jobMs = JOB_MS): ArticleParser {
  let thread: Worker | undefined;
  const stop = async () => {
    const stopping = thread;
    thread = undefined;
    await stopping?.terminate();
  };
  const ask = async (request: ParseRequest, transfer: readonly ArrayBuffer[]): Promise<ParseReply> => {
    thread ??= startThread(import.meta.url, 'parse-thread', { maxOldGenerationSizeMb: MEMORY_MB });
    const ending = new AbortController();
    const { signal } = ending;
    const timer = setTimeout(() => ending.abort(), jobMs);
    try {
      const replies: Promise<ParseReply[]> = once(thread, 'message', { signal });
      // `once` rejects on an `error` of the thread, but not when it exits, which running out of memory may lead to.
      const exit = once(thread, 'exit', { signal });
      exit.catch(() => {});
      thread.postMessage(request, transfer);
      const [reply] = await Promise.race([replies, exit.then(() => [])]);
      if (reply === undefined) throw new Error('needs more memory than an import may use');
      return reply;
    } catch (error) {
      await stop();
      if (signal.aborted) throw new UnreadableError(`takes longer than ${jobMs / 1000} s to read`);
      throw new UnreadableError(error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(timer);
      ending.abort();
    }
  };
  return {
    async parse(job, keep) {
      const bytes = ownBytes(job.bytes);
      let reply = await ask({ ...job, bytes }, [bytes.buffer]);
      for (;;) {
        if ('error' in reply) throw new UnreadableError(reply.error);
        if (reply.articles.length > 0) await keep(reply.articles);
        if (reply.findings !== undefined) return reply.findings;
        reply = await ask('more', []);
      }
    },
    close: stop,
  };
}

/** Bytes that can be handed to the thread without copying: small buffers of Node share one. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(bytes);
}
