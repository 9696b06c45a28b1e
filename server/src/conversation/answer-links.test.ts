import { expect, test } from 'vitest';
import { hostsIn, withKnownLinks } from './answer-links.ts';

const hosts = hostsIn(['https://shop.example', 'Track it at <https://carrier.example/track>.']);
const known = (text: string) => withKnownLinks(text, hosts);

test('links to hosts of the site and of cited articles stay, with their host', () => {
  expect(known('See [returns](https://shop.example/returns).')).toBe(
    'See [returns (shop.example)](https://shop.example/returns).',
  );
  expect(known('[shop.example/a](https://shop.example/a) https://carrier.example/track?n=1')).toBe(
    '[shop.example/a](https://shop.example/a) https://carrier.example/track?n=1',
  );
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
