/** Reads pages of Confluence's REST API as rows of an export: v1 with `expand=body.storage`, and v2 with `body-format=storage`. Pure. */
import { phrase } from '../lib/phrase.ts';
import { KnowledgeError } from './article.ts';
import { storageToHtml } from './confluence-storage.ts';
import { isRow, type Row } from './export-row.ts';
import { fieldText } from './field-text.ts';

/** The others are HTML already. */
const STORAGE = ['storage', 'editor', 'editor2'];
const HTML = ['export_view', 'styled_view', 'view'];
const BLOCKS = 'atlas_doc_format';
const PAGES = new Set(['page', 'blogpost']);

/** The address of the wiki, which a list of pages names once. */
export function wikiOf(json: unknown): string | undefined {
  if (!isRow(json)) return undefined;
  const { base = '', self = '' } = linksOf(json);
  return /^https?:\/\/.+$/.exec(base)?.[0] ?? /^(https?:\/\/.+?)\/(?:rest\/api|api\/v2)\//.exec(self)?.[1];
}

/**
 * Undefined for what is no page of Confluence.
 * @throws KnowledgeError naming the place and why the page is left out
 */
export function confluenceRow(row: Row, place: string, wiki: string | undefined): Row | undefined {
  const { body } = row;
  if (!isRow(body)) return undefined;
  const storage = valueIn(body, STORAGE);
  const html = valueIn(body, HTML);
  if (storage === undefined && html === undefined && !(BLOCKS in body)) return undefined;
  const type = fieldText(row['type']) ?? 'page';
  if (!PAGES.has(type)) throw new KnowledgeError(phrase`${place}: is of the type "${type}", which is not a page`);
  if (storage === undefined && html === undefined && hasBlocks(body[BLOCKS]))
    throw new KnowledgeError(phrase`${place}: is in the Atlassian Document Format. Export it in the storage format.`);
  const { webui } = linksOf(row);
  const base = wikiOf(row) ?? wiki;
  return {
    id: row['id'],
    title: row['title'],
    status: row['status'],
    body: `<div>${storage === undefined ? html : storageToHtml(storage)}</div>`,
    html_url: base !== undefined && webui?.startsWith('/') ? `${base}${webui}` : undefined,
    section: isRow(row['space']) ? row['space']['name'] : undefined,
    labels: labelsOf(row),
  };
}

function valueIn(body: Row, formats: readonly string[]): string | undefined {
  return formats
    .map((format) => body[format])
    .map((content) => (isRow(content) ? fieldText(content['value']) : undefined))
    .find((value) => value !== undefined);
}

const hasBlocks = (content: unknown) => isRow(content) && fieldText(content['value']) !== undefined;

function linksOf(row: Row) {
  const links = isRow(row['_links']) ? row['_links'] : {};
  return { base: fieldText(links['base']), self: fieldText(links['self']), webui: fieldText(links['webui']) };
}

/** In `metadata` (v1) or in the page (v2): `{ results: [{ name }] }`. */
function labelsOf({ metadata, labels }: Row): string[] {
  const found = isRow(metadata) ? metadata['labels'] : labels;
  const list: unknown = isRow(found) ? found['results'] : found;
  if (!Array.isArray(list)) return [];
  return list.flatMap((label: unknown) => (isRow(label) ? (fieldText(label['name']) ?? []) : []));
}
