/** An export as one HTML page that any browser opens, without scripts and without requests. */
import type { ExportedConversation, VisitorExport } from '@firstword/shared/visitor-data';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c}' +
  'h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}dt{font-weight:600}dd{margin:0 0 .5rem}' +
  '.message{border-left:3px solid #ccc;padding:.25rem .75rem;margin:.75rem 0}.message p{margin:0;white-space:pre-wrap}' +
  '.who{color:#555;font-size:.875rem}table{border-collapse:collapse;font-size:.875rem}td,th{border:1px solid #ccc;padding:.25rem .5rem;text-align:left}';

export function writeExportPage({ exportedAt, visitors, sessions, conversations }: VisitorExport): string {
  const about = [
    ['Exported', time(exportedAt)],
    ['Visitor', visitors.map(({ siteId, visitorId }) => `${visitorId} (${siteId})`).join(', ') || '–'],
    ['Sessions', String(sessions.length)],
    ['Conversations', String(conversations.length)],
  ] as const;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>Stored data of a visitor</title><style>${STYLE}</style></head><body><h1>Stored data of a visitor</h1>`,
    definitions(about),
    ...conversations.map(conversationPart),
    '</body></html>',
  ].join('\n');
}

function conversationPart({ conversation, preChat, messages, ratings, calls, tickets }: ExportedConversation): string {
  const { id, siteId, startedAt, locale, satisfaction } = conversation;
  const facts = [
    ['Site', siteId],
    ['Language', locale],
    ['Name', preChat?.name],
    ['E-mail address', preChat?.email],
    [preChat?.question ?? 'Answer', preChat?.answer],
    ['Rating', satisfaction && [String(satisfaction.score), satisfaction.comment].filter(Boolean).join(': ')],
    ...ratings.map(({ value, reason }) => ['Rated answer', [value, reason].filter(Boolean).join(': ')] as const),
    ...tickets.map(({ ticket }) => ['Ticket', `#${ticket.number}, ${ticket.state}`] as const),
    ...tickets.flatMap(({ notes }) => notes.map(({ author, text }) => [`Note by ${author}`, text] as const)),
  ] as const;
  const said = messages.map(
    ({ from, at, text, agent }) =>
      `<div class="message"><p class="who">${escaped(agent?.name ?? from)} · ${time(at)}</p><p dir="auto">${escaped(text)}</p></div>`,
  );
  const rows = calls.map(
    ({ startedAt: at, purpose, modelId, region, masked = 0 }) =>
      `<tr><td>${time(at)}</td><td>${escaped(purpose)}</td><td>${escaped(modelId)}</td><td>${escaped(region)}</td><td>${masked}</td></tr>`,
  );
  return [
    `<h2>Conversation ${escaped(id)}, ${time(startedAt)}</h2>`,
    definitions(facts),
    ...said,
    ...(rows.length === 0
      ? []
      : [
          '<h3>Sent to these models</h3><table><tr><th>Time</th><th>Purpose</th><th>Model</th><th>Region</th><th>Masked values</th></tr>',
          ...rows,
          '</table>',
        ]),
  ].join('\n');
}

function definitions(facts: readonly (readonly [name: string, value: string | undefined])[]): string {
  const known = facts.filter(([, value]) => value !== undefined && value !== '');
  return `<dl>${known.map(([name, value = '']) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
}

const time = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
