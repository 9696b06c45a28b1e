import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileType } from '@firstword/shared/files';
import { docxOf, zipOf } from '@firstword/testing/zip-archive';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectFile } from './file-inspection.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstword-inspection-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inspect = async (type: FileType, content: string | Buffer) => {
  const path = join(folder, 'file');
  await writeFile(path, content);
  return inspectFile(path, type);
};
const relation = (type: string, mode: string) =>
  `<?xml version="1.0"?><Relationships><Relationship Id="1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="https://elsewhere.example/x" TargetMode="${mode}"/></Relationships>`;
const pdf = (body: string) => `%PDF-1.7\n${body}\n%%EOF\n`;

test.each<[string, FileType, string | Buffer]>([
  ['a document', 'docx', docxOf()],
  ['a document with a picture', 'docx', docxOf({ 'word/media/image1.png': 'picture' })],
  ['a document with a link', 'docx', docxOf({ 'word/_rels/document.xml.rels': relation('hyperlink', 'External') })],
  [
    'a document with an object of its own',
    'docx',
    docxOf({ 'word/_rels/a.xml.rels': relation('oleObject', 'Internal') }),
  ],
  ['a PDF that opens at its first page', 'pdf', pdf('<< /OpenAction [3 0 R /Fit] >>')],
  ['a table of numbers', 'csv', 'name,amount\nA,-12.50\nB,+3\n"C","-7"'],
])('%s is fine', async (_what, type, content) => {
  expect(await inspect(type, content)).toEqual({ kind: 'fine' });
});

test.each<[string, FileType, string | Buffer]>([
  ['bytes that only mention a document', 'docx', 'PK\x03\x04 word/document.xml [Content_Types].xml'],
  ['an archive of other things', 'docx', zipOf({ 'word/document.xml': 'MZ', '[Content_Types].xml': 'MZ' })],
  ['a document sent as a table', 'xlsx', docxOf()],
  ['a page that begins like a PDF', 'pdf', '%PDF-<script>alert(1)</script>'],
])('%s is not what it claims', async (_what, type, content) => {
  expect(await inspect(type, content)).toEqual({ kind: 'content' });
});

test.each<[string, FileType, string | Buffer]>([
  ['a document with macros', 'docx', docxOf({ 'word/vbaProject.bin': 'macros' })],
  ['a document with a control', 'docx', docxOf({ 'word/activeX/activeX1.xml': '<a/>' })],
  [
    'a document that loads a template',
    'docx',
    docxOf({ 'word/_rels/settings.xml.rels': relation('attachedTemplate', 'External') }),
  ],
  [
    'a document that loads an object',
    'docx',
    docxOf({ 'word/_rels/document.xml.rels': relation('oleObject', 'External') }),
  ],
  [
    'a document that hides it',
    'docx',
    docxOf({ 'word/_rels/a.rels': relation('oleObject', '&#69;xternal').replace('/x', '/>') }),
  ],
  ['a PDF with JavaScript', 'pdf', pdf('<< /S /JavaScript /JS (app.alert(1)) >>')],
  ['a PDF that hides the name', 'pdf', pdf('<< /S /J#61vaScript >>')],
  ['a PDF that starts a program', 'pdf', pdf('<< /S /Launch /F (cmd.exe) >>')],
  ['a PDF whose script is far inside, between two reads', 'pdf', pdf(`${'x'.repeat(64 * 1024 - 15)}/JavaScript`)],
])('%s is unsafe', async (_what, type, content) => {
  expect(await inspect(type, content)).toEqual({ kind: 'unsafe' });
});

test.each([
  '\ufeff=cmd|"/c calc"!A1',
  'a,＝cmd',
  '=cmd|"/c calc"!A1',
  'a,b\nx,=HYPERLINK("https://evil.example")',
  '"@SUM(1)"',
  '+1+cmd',
])('agents are warned of the formula in %j', async (text) => {
  expect(await inspect('csv', text)).toEqual({ kind: 'fine', risk: 'formulas' });
});
