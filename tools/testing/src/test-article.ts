/** A help article with a title and a text, for tests in which its other properties don't matter. */
import type { Article } from '@firstword/shared/article';

export const testArticle = (id: string, title: string, body: string): Article => ({
  id,
  title,
  body,
  keywords: '',
  category: '',
  url: `/help/${id}`,
});
