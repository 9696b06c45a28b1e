import { expect, test } from 'vitest';
import { fillVariables, variableFault } from './reply-variables.ts';

const values = { 'agent.name': 'First Agent', 'site.name': 'Shop', 'ticket.number': '12' };

test('variables are filled in, and unknown ones by their fallback', () => {
  const text = 'Hi {{visitor.name | there}}, this is {{agent.name}} of {{ site.name }} about #{{ticket.number}}.';
  expect(fillVariables(text, values)).toBe('Hi there, this is First Agent of Shop about #12.');
  expect(fillVariables(text, { ...values, 'visitor.name': 'Noor' })).toMatch(/^Hi Noor,/);
});

test('a value that looks like a variable is left as it is', () => {
  expect(fillVariables('Hi {{visitor.name|there}}', { ...values, 'visitor.name': '{{agent.name}} $&' })).toBe(
    'Hi {{agent.name}} $&',
  );
});

test.each([
  ['Hi {{visitor.name|there}} {{agent.name}}', undefined],
  ['Braces { } and {single} are text.', undefined],
  ['Hi {{visitor.nam|there}}', /\{\{visitor\.nam\|there\}\} is not a variable\. Use .*\{\{visitor\.name\}\}/],
  ['Hi {{visitor.name}}', /Add a fallback, such as \{\{visitor\.name\|there\}\}/],
  ['Hi {{visitor.email| }}', /Add a fallback/],
])('%s is checked', (text, fault) => {
  const found = variableFault(text);
  if (fault === undefined) expect(found).toBeUndefined();
  else expect(found?.wording.replace(/\{(\d)\}/g, (_, index) => String(found.values[index]))).toMatch(fault);
});

test('a long text of braces is read in linear time', () => {
  expect(variableFault('{{'.repeat(200_000))).toBeUndefined();
});
