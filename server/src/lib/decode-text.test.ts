import { expect, test } from 'vitest';
import { decodeAs, decodeText } from './decode-text.ts';

const bytesOf = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding));

test.each([
  ['UTF-8', bytesOf('5 € für “Grüße”', 'utf8'), '5 € für “Grüße”'],
  ['UTF-16 with a mark', bytesOf('\uFEFFGrüße', 'utf16le'), 'Grüße'],
  ['Windows-1252', Uint8Array.of(0x35, 0x20, 0x80, 0x20, 0x93, 0xe4, 0x94), '5 € “ä”'],
  [
    'what the head names',
    bytesOf('<meta charset="windows-1251">\xcf\xf0\xe8', 'latin1'),
    '<meta charset="windows-1251">При',
  ],
  [
    'the rest of a text with a broken sign',
    Buffer.concat([bytesOf('<meta charset="shift_jis">', 'latin1'), Uint8Array.of(0x82, 0xa0, 0x82)]),
    '<meta charset="shift_jis">あ\uFFFD',
  ],
  ['an unknown name', bytesOf('<meta charset="klingon">\x80', 'latin1'), '<meta charset="klingon">€'],
])('reads %s', (_name, bytes, text) => {
  expect(decodeText(bytes)).toBe(text);
});

test('reads bytes in a named encoding, or says that they are not in it', () => {
  expect(decodeAs('iso-8859-1', Uint8Array.of(0x80))).toBe('€');
  expect(decodeAs('shift_jis', Uint8Array.of(0x82, 0xa0))).toBe('あ');
  expect(decodeAs('utf-8', Uint8Array.of(0xff))).toBeUndefined();
  expect(decodeAs('shift_jis', Uint8Array.of(0x82))).toBeUndefined();
});
