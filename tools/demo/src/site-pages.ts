/** The pages of the demo shop's help centre: home, search results, article, not found. */
import type { Article } from './article-files.ts';
import { articleSummary, type RenderedArticle } from './article-html.ts';
import { type Html, html } from './html.ts';
import type { Page } from './site-layout.ts';

const POPULAR = ['delivery-times', 'returns', 'refunds', 'track-order'];
const SUMMARY_CHARACTERS = 150;
const SECTIONS_WORTH_A_LIST = 3;

const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

export function homePage(articles: readonly Article[]): Page {
  const popular = POPULAR.flatMap((id) => articles.filter((article) => article.id === id));
  const names = [...new Set(articles.map(({ category }) => category))].toSorted((a, b) => orderOf(a) - orderOf(b));
  return {
    title: 'Help centre · Wendleby',
    description: 'Delivery, returns, payment, care and everything else about your Wendleby furniture.',
    main: html`<section class="hero">
<div class="wrap hero__grid">
<div>
<h1>How can we help?</h1>
<p class="hero__lead">Search ${articles.length} articles, or ask in the chat.</p>
${searchForm('')}
<p class="hero__popular">Popular: ${popular.map(({ id, title }, index) => html`${index > 0 ? ', ' : ''}<a href="/help/${id}">${title}</a>`)}</p>
</div>
${drawing()}
</div>
</section>
<div class="wrap" id="results">
<p class="status" role="status"></p>
<div class="categories">
${names.map((name) =>
  categoryList(
    name,
    articles.filter(({ category }) => category === name),
  ),
)}
</div>
${askBox()}
</div>`,
  };
}

export function resultsPage(query: string, found: readonly Article[]): Page {
  const count = found.length === 1 ? '1 article' : `${found.length} articles`;
  return {
    title: `${query} · Help centre · Wendleby`,
    description: 'Search results of the Wendleby help centre.',
    main: html`<section class="hero hero--small">
<div class="wrap">
<h1>Search the help centre</h1>
${searchForm(query)}
</div>
</section>
<div class="wrap" id="results">
<p class="status" role="status">${found.length > 0 ? `${count} for “${query}”` : `No articles found for “${query}”.`}</p>
${
  found.length > 0
    ? html`<ol class="results">
${found.map(
  (article) => html`<li><a href="/help/${article.id}"><span class="results__title">${article.title}</span>
<span class="results__text">${articleSummary(article, SUMMARY_CHARACTERS)}</span>
<span class="results__category">${article.category}</span></a></li>`,
)}
</ol>`
    : html`<p class="empty">Try a shorter word, such as “return” or “lamp”, or look through <a href="/">all articles</a>.</p>`
}
${askBox()}
</div>`,
  };
}

export function articlePage(article: Article, rendered: RenderedArticle, articles: readonly Article[]): Page {
  const related = articles.filter(({ id, category }) => category === article.category && id !== article.id);
  return {
    title: `${article.title} · Wendleby`,
    description: articleSummary(article, SUMMARY_CHARACTERS),
    main: html`<div class="wrap reading">
<article class="article">
<nav class="crumbs" aria-label="Where you are"><a href="/">Help centre</a><span aria-hidden="true">/</span><a href="/#${categoryId(article.category)}">${article.category}</a></nav>
<h1>${article.title}</h1>
<p class="article__date">Updated <time datetime="${article.updated}">${dates.format(new Date(article.updated))}</time></p>
<div class="prose">
${rendered.body}
</div>
${askBox()}
</article>
<aside class="side" aria-label="More help">
${
  rendered.sections.length >= SECTIONS_WORTH_A_LIST
    ? html`<nav aria-labelledby="on-this-page"><h2 id="on-this-page">On this page</h2>
<ul>${rendered.sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`
    : undefined
}
<nav aria-labelledby="same-subject"><h2 id="same-subject">${article.category}</h2>
<ul>${related.map(({ id, title }) => html`<li><a href="/help/${id}">${title}</a></li>`)}</ul></nav>
</aside>
</div>`,
  };
}

export function notFoundPage(): Page {
  return {
    title: 'Page not found · Wendleby',
    description: 'This page does not exist.',
    main: html`<section class="hero hero--small">
<div class="wrap">
<h1>Page not found</h1>
<p class="hero__lead">The article may have moved. Search for it, or see <a href="/">all articles</a>.</p>
${searchForm('')}
</div>
</section>`,
  };
}

const CATEGORY_ORDER = [
  'Orders and delivery',
  'Returns and refunds',
  'Payment and prices',
  'Products and care',
  'Account and privacy',
  'About us',
];

function orderOf(category: string): number {
  const index = CATEGORY_ORDER.indexOf(category);
  return index < 0 ? CATEGORY_ORDER.length : index;
}

function categoryId(category: string): string {
  return category.toLowerCase().replace(/[^a-z]+/g, '-');
}

function categoryList(category: string, articles: readonly Article[]): Html {
  const id = categoryId(category);
  return html`<section class="category" aria-labelledby="${id}">
<h2 id="${id}">${category}</h2>
<ul>${articles.toSorted((a, b) => a.title.localeCompare(b.title)).map((article) => html`<li><a href="/help/${article.id}">${article.title}</a></li>`)}</ul>
</section>
`;
}

function searchForm(query: string): Html {
  return html`<form class="search" action="/" method="get" role="search">
<label class="hidden" for="q">Search the help articles</label>
<svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" aria-hidden="true"><circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 3.8 3.8"/></svg>
<input id="q" name="q" type="search" value="${query}" placeholder="Delivery, returns, lamp …" autocomplete="off" maxlength="200">
<button type="submit">Search</button>
</form>`;
}

/** The button needs the widget, so the script shows it. Without scripts, the text names the alternatives. */
function askBox(): Html {
  return html`<section class="ask" aria-labelledby="ask-title">
<div>
<h2 id="ask-title">Not what you were looking for?</h2>
<p>Ask in the chat at any time, or see <a href="/help/contact">when our team is available</a>.</p>
</div>
<button type="button" class="ask__button" data-open-chat hidden>Ask a question</button>
</section>`;
}

/** An illustration of a desk, a lamp, a shelf and a stool. */
function drawing(): Html {
  return html`<svg class="drawing" viewBox="0 0 360 240" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
<g class="drawing__fill"><path d="M196 44h132v9H196z"/><path d="M40 126h208v9H40z"/><path d="M268 168h60v8h-60z"/></g>
<path d="M196 44h132v9H196zM212 53v16l14-16M312 53v16l-14-16"/>
<path d="M214 44V18h10v26M224 44V22h8v22M232 44V14h12v30M250 44l9-25 8 3-8 22M289 44l-2-12h18l-2 12M296 32V20M296 28c-7 0-10-4-10-10 7 0 10 4 10 10zM296 22c0-6 3-10 10-10 0 6-3 10-10 10z"/>
<path d="M40 126h208v9H40zM56 135l-8 83M232 135l8 83M60 135v18h68v-18M88 144h12"/>
<path d="M92 126h32M108 126V84"/><path class="drawing__light" d="M88 84h40L118 54H98z"/>
<path d="M150 126v-6h46v6M154 120v-7h38v7"/>
<path d="M268 168h60v8h-60zM276 176l-6 42M320 176l6 42M273 198h50"/>
<path class="drawing__floor" d="M12 218h336"/>
</svg>`;
}
