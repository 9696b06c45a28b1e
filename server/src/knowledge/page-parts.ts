/** Takes out of an HTML page what is no text of the article: navigation, cookie banners, controls. What is folded away stays. */
import type { HTMLElement } from 'node-html-parser';

const AROUND =
  'nav, header, footer, script, style, noscript, template, svg, iframe, input, select, textarea, [role=navigation], [role=banner], [role=contentinfo], .breadcrumb, .breadcrumbs, #breadcrumbs, .toc, .toc-macro, .sidebar, .page-metadata, .internal-notes, .private-notes';
/** Of help desks, wikis and consent tools, by class or id. */
const NOTICES =
  /(?:^|[\s_-])(?:cookie|cookies|gdpr|consent)[\w-]{0,40}(?:banner|bar|consent|notice|popup|modal|dialog|overlay|message|wall)|onetrust|cookiebot|article-votes|article-relatives|related-articles|recent-articles|was-this-helpful/i;
/** Boxes beside the text of a page are navigation, unless they are notes of the text. */
const NOTE =
  /note|tip|hint|info|warn|caution|danger|important|alert|callout|admonition|starlight-aside|theorem|example|quote/i;
/** A heading that unfolds its answer is a button. */
const HEADING = 'h1, h2, h3, h4, h5, h6, dt, summary';
/** What an accordion or a tab shows after a click. */
const PANEL = /panel|accordion|collapse|tab-?content|answer|faq/i;
const PANEL_ROLES = '[role=region], [role=tabpanel], [aria-labelledby]';

/** The sign beside a heading that links to it. */
const PERMALINK = /^[\s\u200b¶#§🔗]*$/u;
/** Longer lists of classes are generated. */
const NAMES_MAX_CHARS = 500;
const BLOCKS_IN_CELL = 'p, div, li, ul, ol';

export function removeOtherParts(root: HTMLElement): void {
  const removeIf = (selector: string, isOther: (part: HTMLElement) => boolean) => {
    for (const part of root.querySelectorAll(selector)) if (isOther(part)) part.remove();
  };
  const { length } = root.text;
  removeIf(AROUND, () => true);
  removeIf('aside', (part) => !isNote(part));
  // The whole page may be marked as having a banner.
  removeIf('[class], [id]', (part) => NOTICES.test(namesOf(part)) && part.text.length * 2 < length);
  removeIf('button', (button) => !unfolds(button));
  removeIf('[hidden], [aria-hidden=true]', (part) => !isFolded(part));
  // The form of some frameworks holds the whole page.
  removeIf('form', (form) => form.querySelector('main, article, h1, h2, p') === null);
  removeIf('h1 a, h2 a, h3 a, h4 a, h5 a, h6 a', (link) => PERMALINK.test(link.text));
  for (const cell of root.querySelectorAll('td, th')) separateLines(cell);
}

const namesOf = (part: HTMLElement) =>
  `${part.getAttribute('class') ?? ''} ${part.getAttribute('id') ?? ''}`.slice(0, NAMES_MAX_CHARS);
const isNote = (part: HTMLElement) => part.getAttribute('role') === 'note' || NOTE.test(namesOf(part));
const unfolds = (button: HTMLElement) =>
  button.closest(HEADING) !== null || button.hasAttribute('aria-expanded') || button.hasAttribute('aria-controls');
const isFolded = (part: HTMLElement) =>
  part.getAttribute('hidden') === 'until-found' || PANEL.test(namesOf(part)) || part.matches(PANEL_ROLES);

/** A row of a Markdown table is one line, so the lines of a cell would run together. */
function separateLines(cell: HTMLElement): void {
  for (const line of cell.querySelectorAll('br')) line.replaceWith(' ');
  for (const block of cell.querySelectorAll(BLOCKS_IN_CELL)) block.insertAdjacentHTML('afterend', ' ');
}
