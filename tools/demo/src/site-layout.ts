/** The frame of every page of the demo shop: demo strip, header, main part, footer, widget. */
import { type Html, html } from './html.ts';

export interface SiteFrame {
  /** Address of the widget's script. */
  readonly widgetSrc: string;
  readonly siteId: string;
  /** What answers, as shown on the page: "demo engine", or the name of an endpoint. */
  readonly engineLabel: () => string;
  readonly consoleUrl: string;
}

export interface Page {
  readonly title: string;
  readonly description: string;
  readonly main: Html;
}

export type Layout = (page: Page) => string;

export function createLayout(frame: SiteFrame): Layout {
  return ({ title, description, main }) =>
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/site/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/site/help.css">
<script src="/site/help.js" defer></script>
<script async src="${frame.widgetSrc}" data-site="${frame.siteId}" data-accent="#1f6f5c"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<aside class="strip" aria-label="About this demo">
<p><strong>Demo.</strong> Wendleby is a fictional shop. Chat answers come from: <b>${frame.engineLabel()}</b>.</p>
<a href="${frame.consoleUrl}">Open the agent console</a>
</aside>
<header class="top">
<div class="wrap">
<a class="brand" href="/">${mark()}<span>Wendleby</span><span class="brand__part">Help centre</span></a>
<nav aria-label="Main">
<a href="/help/track-order">Track an order</a>
<a href="/help/returns">Returns</a>
<a href="/help/contact">Contact</a>
</nav>
</div>
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="foot">
<div class="wrap">
<p>Wendleby makes shelves, desks, stools and lamps in solid oak and ash.</p>
<p>The shop, its products and its terms are fictional. You can’t buy anything here.</p>
</div>
</footer>
</body>
</html>
`.html;
}

/** The shop's logo: a stool whose legs form a W. */
function mark(): Html {
  return html`<svg class="brand__mark" viewBox="0 0 28 28" width="28" height="28" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M3 7h22M6 7l4 15 4-10 4 10 4-15"/></svg>`;
}
