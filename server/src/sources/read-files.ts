/** Reads the files of a folder, and uploaded ones. */
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Phrase } from '@firstword/shared/phrase';
import { translationsOfPaths } from '../knowledge/path-translations.ts';
import { isTooLarge, listArticleFiles, othersLeftOut, TOO_LARGE, whyLeftOut } from '../knowledge/read-articles.ts';
import { phrase } from '../lib/phrase.ts';
import type { KnowledgeStore } from '../records/knowledge-store.ts';
import type { ArticleParser } from './article-parser.ts';
import { SourceError } from './source-error.ts';
import type { SourceSink } from './source-sink.ts';
import { UnreadableError } from './unreadable-error.ts';

/** @throws SourceError when there is no such file or folder */
export async function readFolder(
  sourceId: string,
  path: string,
  parser: ArticleParser,
  sink: SourceSink,
  signal: AbortSignal,
): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new SourceError('unreadable', phrase`${path}: no such file or folder`);
  if (!found.isDirectory()) {
    const readOne = () => readWithLimit(path, signal);
    return readEach(sourceId, [{ name: basename(path), read: readOne, isWanted: true }], parser, sink, signal);
  }
  const { files, others } = await listArticleFiles(path);
  await readEach(
    sourceId,
    files.map((name) => ({ name, read: () => readWithLimit(join(path, name), signal), isWanted: false })),
    parser,
    sink,
    signal,
  );
  const othersText = othersLeftOut(others);
  if (othersText !== undefined) sink.problem(othersText);
}

export async function readUploads(
  sourceId: string,
  store: Pick<KnowledgeStore, 'listFiles' | 'loadFile'>,
  parser: ArticleParser,
  sink: SourceSink,
  signal: AbortSignal,
): Promise<void> {
  const files = await store.listFiles(sourceId);
  if (files.length === 0) throw new SourceError('unreadable', phrase`No files have been uploaded. Upload some first.`);
  const readOne = async (path: string) => (await store.loadFile(sourceId, path)) ?? new Uint8Array();
  await readEach(
    sourceId,
    files.map((name) => ({ name, read: () => readOne(name), isWanted: false })),
    parser,
    sink,
    signal,
  );
}

/** Looks at the size first, so that a disk image in the folder never reaches the memory. */
async function readWithLimit(path: string, signal: AbortSignal): Promise<Uint8Array> {
  if (isTooLarge((await stat(path)).size)) throw new UnreadableError(TOO_LARGE);
  return readFile(path, { signal });
}

interface SourceFile {
  readonly name: string;
  read(): Promise<Uint8Array>;
  /** Named itself, so it is no file about its folder. */
  readonly isWanted: boolean;
}

async function readEach(
  sourceId: string,
  files: readonly SourceFile[],
  parser: ArticleParser,
  sink: SourceSink,
  signal: AbortSignal,
): Promise<void> {
  sink.total(files.length);
  const translations = translationsOfPaths(files.map(({ name }) => name));
  for (const { name, read, isWanted } of files) {
    signal.throwIfAborted();
    try {
      const bytes = await read();
      const leftOut = isWanted ? undefined : whyLeftOut(name, bytes);
      if (leftOut !== undefined) sink.problem(leftOut);
      else {
        const job = { kind: 'file', sourceId, path: name, translation: translations.get(name), bytes } as const;
        for (const reason of (await parser.parse(job, sink.keep)).skipped) sink.problem(reason);
      }
    } catch (error) {
      signal.throwIfAborted();
      const reason = fileFault(error);
      if (reason === undefined) throw error;
      sink.problem(phrase`${name}: ${reason}`);
    }
    sink.read();
  }
}

/** Undefined for errors that concern more than this file. */
function fileFault(error: unknown): Phrase | undefined {
  if (error instanceof UnreadableError) return error.phrase;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return phrase`may not be read by the user of this process`;
  if (/^E[A-Z]+$/.test(code)) return phrase`cannot be read (${code})`;
  return undefined;
}
