import { expect, test } from 'vitest';
import { knownLinks, withKnownLinks } from './answer-links.ts';

const links = knownLinks(
  ['https://shop.example'],
  ['Track it at <https://carrier.example/track>. Or ask at https://carrier.example/help?from=shop.'],
);
const known = (text: string) => withKnownLinks(text, links);

test('links to hosts that are known stay, with their host', () => {
  expect(known('See [returns](https://shop.example/returns).')).toBe(
    'See [returns (shop.example)](https://shop.example/returns).',
  );
  expect(known('[shop.example/a](https://shop.example/a?n=1)')).toBe('[shop.example/a](https://shop.example/a?n=1)');
});

test('an address in an article stays as it is written there, and nothing may be added to it', () => {
  const written =
    'See https://carrier.example/track. Ask [them, carrier.example](https://carrier.example/help?from=shop)!';
  expect(known(written)).toBe(written);
  expect(known('https://carrier.example/track?q=anna@mail.example')).toBe('carrier.example/track?q=anna@mail.example');
  expect(known('[Track](https://carrier.example/help?from=shop&q=1)')).toBe('Track (carrier.example)');
});

test('an address ends before the punctuation of a script that writes no space after it', () => {
  for (const written of [
    '请看 https://carrier.example/track，谢谢。',
    'انظر https://carrier.example/track؟',
    'https://shop.example。',
  ])
    expect(known(written)).toBe(written);
  expect(known('请看 https://evil.example，谢谢')).toBe('请看 evil.example，谢谢');
});

test('paths, mail addresses and phone numbers stay', () => {
  const text =
    '[Returns](/help/returns), [mail](mailto:help@shop.example), [call](tel:+493023125042), help@shop.example [1]';
  expect(known(text)).toBe(text);
});

test.each([
  ['[Log in](https://evil.example/login)', 'Log in (evil.example)'],
  ['[shop.example](https://evil.example)', 'shop.example (evil.example)'],
  ['[Log in](<https://evil.example> "shop.example")', 'Log in (evil.example)'],
  ['[a](https:evil.example) [b](https:\\\\evil.example)', 'a (evil.example) b (evil.example)'],
  ['[a](ht\ttps://evil.example)', 'a (evil.example)'],
  [
    '[a](//evil.example) [b](\\\\\\\\evil.example) [c](/\\\\evil.example/x)',
    'a (evil.example) b (evil.example) c (evil.example)',
  ],
  ['![Picture](https://evil.example/p.png)', 'Picture (evil.example)'],
  ['[a](https://evil.example/(x))', 'a (evil.example)'],
  // Without a scheme it is no address, so clients show it as text.
  ['[a [b]](https://evil.example)', '[a [b]](evil.example)'],
  ['Go to https://evil.example/x.', 'Go to evil.example/x.'],
  ['<https://evil.example>', 'evil.example'],
  ['HTTPS://EVIL.example', 'EVIL.example'],
  ['https://shop.example.evil.example', 'shop.example.evil.example'],
  ['https://shop.example@evil.example', 'shop.example@evil.example'],
  ['https://shop.example:8443/', 'shop.example:8443/'],
])('%j becomes plain text', (written, shown) => {
  expect(known(written)).toBe(shown);
});
