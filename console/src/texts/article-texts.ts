/** Texts about single articles on the Knowledge page. Pure. */
import { countText } from '../numbers.ts';
import { type Texts, translated } from './translated.ts';

const english = {
  title: 'Articles',
  hint: 'What you write or delete here outranks the sources, also when they are imported again.',
  empty: 'This site has no articles of its own yet.',
  failed: 'The articles couldn’t be loaded.',
  create: 'New article',
  createTitle: 'Write an article',
  find: 'Find by title or ID',
  noMatch: 'No article has this in its title or ID.',
  more: (count: number) => `${countText(count)} more. Type part of a title to find them.`,
  articleTitle: 'Title',
  articleId: 'ID',
  idRule: 'Without spaces and #',
  body: 'Text (Markdown)',
  page: 'URL of its page (optional)',
  pageRule: 'A URL that begins with https://, or a path that begins with /',
  alsoIn: 'Also in:',
  save: 'Save and publish',
  edit: 'Edit',
  remove: 'Delete',
  removed: 'Deleted by hand',
  restore: 'Restore',
  deleted: (title: string) => `Deleted “${title}”. Answers no longer use it.`,
  undo: 'Undo',
} as const;
export type ArticleTexts = Texts<typeof english>;
export const articleTexts = translated<ArticleTexts>('article', english);
