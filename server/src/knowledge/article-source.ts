/** Reads articles from a folder of Markdown files, one file, or a URL. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Agent, request } from 'undici';
import { type Article, KnowledgeError, parseArticle, parseArticleLines, readArticles } from './article.ts';
import { checkedUrl, lookupPublic } from './public-address.ts';

const ARTICLES_MAX = 20_000;
const DOWNLOAD_MAX_BYTES = 1024 * 1024;
const DOWNLOAD_MS = 5000;

/**
 * @param urlOf the page of an article without a URL of its own
 * @throws KnowledgeError naming the file, line or URL and what is wrong with it
 */
export async function readArticleSource(source: string, urlOf: (id: string) => string): Promise<Article[]> {
  const articles = /^[a-z][a-z0-9+.-]*:\/\//i.test(source)
    ? parseText(await download(source), source, urlOf)
    : await readPath(source, urlOf);
  if (articles.length === 0) throw new KnowledgeError(`${source}: contains no articles`);
  if (articles.length > ARTICLES_MAX)
    throw new KnowledgeError(`${source}: contains ${articles.length} articles; the limit is ${ARTICLES_MAX}`);
  const seen = new Set<string>();
  for (const { id } of articles) {
    if (seen.has(id)) throw new KnowledgeError(`${source}: two articles have the id "${id}"; ids must be unique`);
    seen.add(id);
  }
  return articles;
}

async function readPath(path: string, urlOf: (id: string) => string): Promise<Article[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new KnowledgeError(`${path}: no such file or folder`);
  if (found.isDirectory()) return readArticles(path, urlOf);
  return parseText(await readFile(path, 'utf8'), basename(path), urlOf);
}

function parseText(text: string, name: string, urlOf: (id: string) => string): Article[] {
  const bare = text.replace(/^\uFEFF/, '');
  return /^(---|\+\+\+)/.test(bare) ? [parseArticle(bare, name, urlOf)] : parseArticleLines(bare, name, urlOf);
}

async function download(address: string): Promise<string> {
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
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    if (error instanceof KnowledgeError) throw error;
    if (signal.aborted) throw new KnowledgeError(`${address}: no complete response within ${DOWNLOAD_MS / 1000} s`);
    throw new KnowledgeError(`${address}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await dispatcher.destroy();
  }
}
