/** Parses files and pages in a worker thread, so that neither a large nor a malformed one stops the visitors' event loop. */
import type { Transferable, Worker } from 'node:worker_threads';
import { phrase, rawPhrase } from '../lib/phrase.ts';
import { askThread, startThread } from '../lib/thread.ts';
import type { ParsedArticle, ParseFindings, ParseJob, ParseReply, ParseRequest } from './parse-job.ts';
import { UnreadableError } from './unreadable-error.ts';

export interface ArticleParser {
  /**
   * One job at a time.
   * @param keep called with a few articles at a time
   * @throws UnreadableError when the bytes cannot be parsed in time or in memory
   */
  parse(job: ParseJob, keep: (articles: readonly ParsedArticle[]) => Promise<void>): Promise<ParseFindings>;
  close(): Promise<void>;
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
  const ask = async (request: ParseRequest, transfer: readonly Transferable[]): Promise<ParseReply> => {
    thread ??= startThread(new URL('./parse-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    try {
      const asked = await askThread<ParseReply>(thread, request, jobMs, transfer);
      if (asked.kind === 'reply') return asked.reply;
      throw new UnreadableError(
        asked.kind === 'late'
          ? phrase`takes longer than ${jobMs / 1000} s to read`
          : phrase`needs more memory than an import may use`,
      );
    } catch (error) {
      await stop();
      throw error instanceof UnreadableError ? error : new UnreadableError(rawPhrase(error));
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
