/** The scripted server's canned replies. */
import { type CannedReply, type CannedReplyList, cannedReplyBodySchema } from '@firstword/shared/canned-reply';
import { agent } from './ticket-builders.ts';

/** A rule's message has places for its values. */
function faultOf(
  issue: { readonly message: string; readonly params?: Record<string, unknown> | undefined } | undefined,
): string {
  const given = issue?.params?.['values'];
  const values = Array.isArray(given) ? given : [];
  return (issue?.message ?? '').replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]));
}

export function createScriptedCannedReplies(sites: CannedReplyList['sites']) {
  const reply = (id: string, shortcut: string, text: string): CannedReply => ({
    ...{ id, shortcut, text, changedAt: Date.now(), changedBy: agent.name },
  });
  let replies: CannedReply[] = [
    reply('c-1', 'refund-sent', 'Hi {{visitor.name|there}},\n\nyour refund for #{{ticket.number}} is on its way.'),
    reply('c-2', 'thanks', 'Thank you for your patience. {{agent.name}}, {{site.name}}'),
    {
      ...reply('c-4', 'close', 'All done now.'),
      macro: { tags: ['closed-by-macro'], end: { kind: 'resolve' as const, code: 'answered' as const } },
    },
    { ...reply('c-5', 'later', ''), macro: { end: { kind: 'snooze' as const, hours: 24 } } },
    { ...reply('c-3', 'help-only', 'Only on the other site.'), siteId: 'help' },
  ];
  let added = 0;
  return function answer(route: string, body: unknown): readonly [status: number, body: object] | undefined {
    const [, method, id] = /^(POST|DELETE) \/canned-replies(?:\/([^/]+))?$/.exec(route) ?? [];
    if (route === 'GET /canned-replies') return [200, { replies, sites }];
    if (method === undefined) return undefined;
    const others = replies.filter((other) => other.id !== id);
    if (method === 'DELETE') {
      replies = others;
      return [200, {}];
    }
    const parsed = cannedReplyBodySchema.safeParse(body);
    if (!parsed.success) return [400, { code: 'bad-request', message: faultOf(parsed.error.issues[0]) }];
    added += 1;
    const saved = { ...reply(id ?? `added-${added}`, '', ''), ...parsed.data };
    replies = [...others, saved].toSorted((one, other) => (one.shortcut < other.shortcut ? -1 : 1));
    return [id === undefined ? 201 : 200, saved];
  };
}
