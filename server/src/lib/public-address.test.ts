import { expect, test } from 'vitest';
import { checkedUrl, isPublicAddress, lookupPublic } from './public-address.ts';

test.each([
  'http://shop.example/articles.jsonl',
  'ftp://shop.example/articles.jsonl',
  'file:///etc/passwd',
  'https://user:secret@shop.example/',
  'https://10.0.0.1/',
  'https://127.1/',
  'https://127.0.0.2/',
  'https://0/',
  'https://0.0.0.0/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://198.18.0.1/',
  'https://192.175.48.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[fe80::1]/',
  'https://[fd00::1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:7f00:1::]/',
  'https://[64:ff9b:1::a00:1]/',
  'https://[ff02::1]/',
  'https://[3fff::1]/',
  'https://[::127.0.0.1]/',
  'https://[::ffff:0:7f00:1]/',
  'https://[fec0::1]/',
  'https://[100::1]/',
  'https://[2001:db8::1]/',
  'https://[2001:10::1]/',
  'https://[2001:20::1]/',
  'https://127.0.0.1./',
  'https://0x7f.0.0x1/',
  'https://017700000001/',
  'https://①②⑦.⓪.⓪.①/',
  'https://１２７。０。０。１/',
  'https://192.0.0.192/',
  'https://192.0.2.1/',
  'https://192.88.99.1/',
  'https://203.0.113.1/',
  'https://240.0.0.1/',
  'https://[4000::1]/',
  'http://127.0.0.1.shop.example/',
  'http://localhost.shop.example/',
  'http://',
])('%s is refused before any network request', (address) => {
  expect(() => checkedUrl(address)).toThrow();
});

test('https to a public host is accepted', () => {
  expect(checkedUrl('https://shop.example/articles.jsonl').isPrivate).toBe(false);
  expect(checkedUrl('https://93.184.215.14/').isPrivate).toBe(false);
});

test('a private host is accepted where the configuration names it, with its port', () => {
  const allowed = ['localhost:3000', '10.0.0.1'];
  expect(checkedUrl('http://localhost:3000/a', allowed).isPrivate).toBe(true);
  expect(checkedUrl('https://10.0.0.1/a', allowed).isPrivate).toBe(true);
  for (const address of [
    'http://localhost/a',
    'http://localhost:3001/a',
    'http://localhost:3000@10.0.0.2/',
    'ftp://10.0.0.1/',
  ])
    expect(() => checkedUrl(address, allowed)).toThrow();
});

test('a host name that resolves to loopback is refused at resolution', async () => {
  const problem = await new Promise<Error | null>((resolve) => {
    lookupPublic('localhost', {}, (error) => resolve(error));
  });
  expect(problem?.message).toMatch(/^localhost is not a public internet address\./);
});

test('only public addresses are public; a host name is not an address', () => {
  expect(isPublicAddress('shop.example')).toBe(false);
  expect(isPublicAddress('2606:2800:21f:cb07:6820:80da:af6b:8b2c')).toBe(true);
});
