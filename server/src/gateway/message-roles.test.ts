import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PromptMessage } from './chat-call.ts';
import { arrangeMessages, shortenMessages } from './message-roles.ts';

const of = (roles: string): PromptMessage[] =>
  [...roles].map((letter, index) => ({
    role: letter === 's' ? 'system' : letter === 'u' ? 'user' : 'assistant',
    content: `${letter}${index}`,
  }));
const shortForm = (messages: readonly PromptMessage[]) => messages.map(({ role, content }) => `${role[0]}:${content}`);

test.each([
  ['suu', ['s:s0', 'u:u1\n\nu2']],
  ['suuau', ['s:s0', 'u:u1\n\nu2', 'a:a3', 'u:u4']],
  ['sau', ['s:s0', 'u:u2']],
  ['ssu', ['s:s0\n\ns1', 'u:u2']],
  ['suaau', ['s:s0', 'u:u1', 'a:a2\n\na3', 'u:u4']],
])('%s is sent with alternating roles', (roles, expected) => {
  expect(shortForm(arrangeMessages(of(roles), {}))).toEqual(expected);
});

test('instructions can be part of the first user message', () => {
  expect(shortForm(arrangeMessages(of('suau'), { system: 'user' }))).toEqual(['u:s0\n\nu1', 'a:a2', 'u:u3']);
});

test('messages can be sent as they are', () => {
  expect(shortForm(arrangeMessages(of('suu'), { roles: 'any' }))).toEqual(['s:s0', 'u:u1', 'u:u2']);
});

test('roles alternate and begin with user for every conversation, and no word of a visitor is lost', () => {
  const message = fc.record({
    role: fc.constantFrom('system' as const, 'user' as const, 'assistant' as const),
    content: fc.string(),
  });
  fc.assert(
    fc.property(fc.array(message), fc.constantFrom('role' as const, 'user' as const), (messages, system) => {
      const arranged = arrangeMessages(messages, { system });
      const talk = arranged.filter(({ role }) => role !== 'system');
      expect(talk.every(({ role }, index) => role === (index % 2 === 0 ? 'user' : 'assistant'))).toBe(true);
      expect(arranged.findLastIndex(({ role }) => role === 'system')).toBeLessThan(1);
      const all = arranged.map(({ content }) => content).join('\n\n');
      for (const { role, content } of messages) if (role === 'user') expect(all).toContain(content);
    }),
  );
});

test('a shorter prompt keeps the instructions, the end of the conversation and the question', () => {
  const long = [...of('suauau'), { role: 'user' as const, content: `${'x'.repeat(20_000)}the question` }];
  const once = shortenMessages(long, 1);
  const twice = shortenMessages(long, 2);
  expect(once.map(({ role }) => role[0]).join('')).toBe('sauu');
  expect(twice.map(({ role }) => role[0]).join('')).toBe('su');
  for (const messages of [once, twice]) expect(messages.at(-1)?.content).toMatch(/the question$/);
  expect(JSON.stringify(twice).length).toBeLessThan(JSON.stringify(once).length);
});
