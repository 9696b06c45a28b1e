/** Reads articles from a folder, a file or an address. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Agent, request } from 'undici';
import { type Article, KnowledgeError, type ReadArticles } from './article.ts';
import { checkedUrl, lookupPublic } from './public-address.ts';
import { readArticleFile, readArticleFolder } from './read-articles.ts';

const ARTICLES_MAX = 20_000;
const DOWNLOAD_MAX_BYTES = 1024 * 1024;
const DOWNLOAD_MS = 5000;

/**
 * Of two articles with one id, the first counts.
 * @throws KnowledgeError when the source cannot be read, or holds no article at all
 */
export async function readArticleSource(source: string): Promise<ReadArticles> {
  const { articles, skipped } = /^[a-z][a-z0-9+.-]*:\/\//i.test(source)
    ? await readArticleFile(await download(source), new URL(source).pathname.slice(1) || 'index')
    : await readPath(source);
  const known = new Map<string, Article>();
  const twice: string[] = [];
  for (const article of articles)
    if (known.has(article.id)) twice.push(`"${article.title}": the id "${article.id}" is already taken`);
    else known.set(article.id, article);
  if (known.size === 0) throw new KnowledgeError(`${source}: contains no articles${listed(skipped)}`);
  if (known.size > ARTICLES_MAX)
    throw new KnowledgeError(`${source}: contains ${known.size} articles; the limit is ${ARTICLES_MAX}`);
  return { articles: [...known.values()], skipped: [...skipped, ...twice] };
}

const listed = (skipped: readonly string[]) =>
  skipped
    .slice(0, 10)
    .map((reason) => `\n  ${reason}`)
    .join('');

async function readPath(path: string): Promise<ReadArticles> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new KnowledgeError(`${path}: no such file or folder`);
  if (found.isDirectory()) return readArticleFolder(path);
  return readArticleFile(await readFile(path), basename(path));
}

async function download(address: string): Promise<Uint8Array> {
  const { url, loopback } = checkedUrl(address);
  const dispatcher = new Agent(loopback ? {} : { connect: { lookup: lookupPublic } });
  const signal = AbortSignal.timeout(DOWNLOAD_MS);
  try {
    const { statusCode, body } = await request(url, { dispatcher, signal, headers: { 'accept-encoding': 'identity' } });
    // Redirects are not followed, because their target is not checked.
    if (statusCode !== 200)
      throw new KnowledgeError(`${address}: the server answered with status ${statusCode}, expected 200`);
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > DOWNLOAD_MAX_BYTES)
        throw new KnowledgeError(
          `${address}: the response is larger than 1 MB. Download it and import the file instead.`,
        );
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof KnowledgeError) throw error;
    if (signal.aborted) throw new KnowledgeError(`${address}: no complete response within ${DOWNLOAD_MS / 1000} s`);
    throw new KnowledgeError(`${address}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await dispatcher.destroy();
  }
}
