/**
 * Finds the articles in the JSON of Document360: a file of its export holds one article in all its languages, and its API returns
 * articles, or categories with their articles and categories. Pure.
 */
import { idOf, idOfPath } from './article-names.ts';
import { fieldsOf, isRow, type Row } from './export-row.ts';
import { fieldText } from './field-text.ts';
import { languageTag } from './language-tag.ts';

/** Names as `fieldsOf` writes them. */
const SUBCATEGORIES = ['childcategories', 'subcategories'];

/** Undefined for any other JSON. */
export function document360Rows(json: unknown, path: string): readonly unknown[] | undefined {
  if (isInLanguages(json)) return [inLanguages(json, {}, path)];
  if (isRow(json)) {
    const fields = fieldsOf(json);
    const languages = fields.get('languages');
    // The page of a category.
    if (isInLanguages(languages)) return [inLanguages(languages, json, path)];
    const categories = categoriesIn(fields.get('categories'));
    const articles: unknown = fields.get('articles');
    if (Array.isArray(articles) && categories.size > 0)
      return articles.map((row: unknown) => (isRow(row) ? withCategory(row, categories) : row));
    const wrapped = fields.get('data') ?? fields.get('result');
    return wrapped === undefined ? treeRows(fields.get('categories')) : (treeRows(wrapped) ?? singleRow(wrapped));
  }
  return treeRows(json);
}

/** `[{ "Code": "en", "Title", "Slug", "Content" }, …]` */
function isInLanguages(json: unknown): json is Row[] {
  return (
    Array.isArray(json) &&
    json.length > 0 &&
    json.every((row: unknown) => {
      if (!isRow(row)) return false;
      const fields = fieldsOf(row);
      return languageTag(fieldText(fields.get('code'))) !== undefined && fields.has('content') && fields.has('slug');
    })
  );
}

/** As `languageRows` reads it. */
function inLanguages(languages: readonly Row[], about: Row, path: string): Row {
  const translations = languages.map((row) => {
    const fields = fieldsOf(row);
    return { locale: fields.get('code'), title: fields.get('title'), body: fields.get('content') };
  });
  const [first] = translations;
  return { ...first, id: idOf(idOfPath(path)), hidden: fieldsOf(about).get('hidden'), translations };
}

/** Categories with articles and categories in them; undefined when it is no such tree. */
function treeRows(json: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(json) || !json.some((row: unknown) => isRow(row) && isCategory(row))) return undefined;
  return json.flatMap((row: unknown) => (isRow(row) ? rowsIn(row) : [row]));
}

const isCategory = (row: Row) => {
  const fields = fieldsOf(row);
  return SUBCATEGORIES.some((name) => Array.isArray(fields.get(name)));
};

function rowsIn(row: Row): unknown[] {
  if (!isCategory(row)) return [row];
  const fields = fieldsOf(row);
  const category = fieldText(fields.get('name') ?? fields.get('title'));
  const listAt = (name: string): unknown[] => {
    const list: unknown = fields.get(name);
    return Array.isArray(list) ? list : [];
  };
  return [
    ...(hasText(fields) ? [row] : []),
    ...listAt('articles').map((article) => (isRow(article) ? { category, ...article } : article)),
    ...SUBCATEGORIES.flatMap(listAt).flatMap((child) => (isRow(child) ? rowsIn(child) : [child])),
  ];
}

const hasText = (fields: ReadonlyMap<string, unknown>) =>
  fieldText(fields.get('htmlcontent') ?? fields.get('content')) !== undefined;

/** One article in the envelope of the API. */
const singleRow = (json: unknown) => (isRow(json) && hasText(fieldsOf(json)) ? [json] : undefined);

/** Names of categories by their ids. */
function categoriesIn(list: unknown): ReadonlyMap<string, string> {
  if (!Array.isArray(list)) return new Map();
  return new Map(
    list.filter(isRow).flatMap((row): [string, string][] => {
      const fields = fieldsOf(row);
      const [id, name] = [fieldText(fields.get('id')), fieldText(fields.get('name') ?? fields.get('title'))];
      return id === undefined || name === undefined ? [] : [[id, name]];
    }),
  );
}

function withCategory(row: Row, categories: ReadonlyMap<string, string>): Row {
  const category = categories.get(fieldText(fieldsOf(row).get('categoryid')) ?? '');
  return category === undefined ? row : { category, ...row };
}
