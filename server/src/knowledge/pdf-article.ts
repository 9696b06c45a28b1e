/** Reads an article from the text of a PDF. */
import { phrase } from '../lib/phrase.ts';
import { type Article, checkedArticle, KnowledgeError } from './article.ts';
import { idOfPath, titleOfPath } from './article-names.ts';
import { textOfPages } from './pdf-text.ts';

/** What programs write for a document without a title: its file's name, with their own. */
const OF_A_PROGRAM =
  /^(?:microsoft (?:word|powerpoint|excel) - .*|untitled.*|.*\.(?:docx?|pptx?|xlsx?|indd|pdf|odt|tex))$/i;

/** @throws KnowledgeError naming the file and what is wrong with it */
export async function parsePdfArticle(
  bytes: Uint8Array,
  path: string,
  urlOf: (id: string) => string,
): Promise<Article> {
  // Loaded only when there is a PDF, because it is large.
  const { extractText, getDocumentProxy, getMeta } = await import('unpdf');
  let pages: string[];
  let info: Record<string, unknown>;
  try {
    const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    pages = (await extractText(document)).text;
    info = (await getMeta(document)).info;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KnowledgeError(phrase`${path}: is not a readable PDF (${reason})`, { cause: error });
  }
  const body = textOfPages(pages);
  if (body === '')
    throw new KnowledgeError(phrase`${path}: holds no text. A scanned PDF needs text recognition first.`);
  const title = typeof info['Title'] === 'string' ? info['Title'].replace(OF_A_PROGRAM, '').trim() : '';
  const id = idOfPath(path);
  return checkedArticle({ id, title: title || titleOfPath(path), body, url: urlOf(id) }, path);
}
