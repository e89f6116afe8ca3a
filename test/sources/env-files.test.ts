import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isEnvFile } from '../../src/model/env-file.ts';
import { rawPathFromText } from '../../src/model/fragment.ts';
import { type EnvFiles, findEnvFiles } from '../../src/sources/env-files.ts';
import { tempDir } from '../helpers/repo.ts';

function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const dir = tempDir();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
  return dir;
}

function find(dir: string, ...places: readonly string[]): EnvFiles {
  return findEnvFiles(dir, places.map(rawPathFromText));
}

describe('the .env files of a checkout', () => {
  it('are those of the top folder and of the folders above the files', () => {
    const dir = folder({
      '.env': 'A',
      '.env.local': 'B',
      'a/.env': 'C',
      'a/b/.envrc': 'D',
      'c/.env': 'E',
      'a/.env.example': 'F',
    });
    const { files, unread } = find(dir, 'a/b/c/file.ts', 'x.ts');
    expect(files.map(({ place, text }) => [place, text])).toEqual([
      ['.env', 'A'],
      ['.env.local', 'B'],
      ['a/b/.envrc', 'D'],
      ['a/.env', 'C'],
    ]);
    expect(unread).toEqual([]);
  });

  it('are read as UTF-16 where a mark says so', () => {
    const dir = folder({ '.env': Buffer.from('\ufeffKEY=é', 'utf16le') });
    expect(find(dir).files[0]?.text).toBe(Buffer.from('KEY=é').toString('latin1'));
  });

  it.skipIf(process.platform === 'win32')('are listed and not waited for where one is a pipe', () => {
    const dir = folder({ '.env.local': 'A=1' });
    execFileSync('mkfifo', [join(dir, '.env')]);
    const { files, unread } = find(dir);
    expect([files.map(({ place }) => place), unread]).toEqual([['.env.local'], ['.env']]);
  });

  it('are followed as links inside of the checkout, and not out of it', () => {
    const outside = folder({ secret: 'A=1' });
    const dir = folder({ 'config/real': 'B=2' });
    symlinkSync(join(dir, 'config', 'real'), join(dir, '.env'));
    symlinkSync(join(outside, 'secret'), join(dir, '.env.local'));
    symlinkSync(join(dir, 'nowhere'), join(dir, '.env.test'));
    const { files, unread } = find(dir);
    expect([files.map(({ text }) => text), unread]).toEqual([['B=2'], ['.env.local', '.env.test']]);
  });

  it('are listed where they are no text, or too big', () => {
    const dir = folder({
      '.env': 'A=1\0',
      '.env.big': 'x'.repeat(1024 * 1024 + 1),
      '.env.ok': 'x'.repeat(1024 * 1024),
    });
    const { files, unread } = find(dir);
    expect([files.map(({ place }) => place), unread]).toEqual([['.env.ok'], ['.env', '.env.big']]);
  });

  it('are no folders: Python calls its environments so', () => {
    const dir = folder({ '.env/bin/python': 'x', '.env.local': 'A=1' });
    const { files, unread } = find(dir);
    expect([files.map(({ place }) => place), unread]).toEqual([['.env.local'], []]);
  });

  it('are bounded', () => {
    const many = Object.fromEntries(Array.from({ length: 203 }, (_, i) => [`.env.${i}`, 'A=1']));
    const { files, unread } = find(folder(many));
    expect([files.length, unread.length]).toEqual([200, 3]);
    const big = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`.env.${i}`, 'x'.repeat(1024 * 1024)]));
    expect(find(folder(big)).unread).toEqual(['.env.4', '.env.5']);
    const places = Array.from({ length: 10_003 }, (_, i) => `${i}/a.ts`);
    expect(find(folder({}), ...places).foldersLeft).toBe(4);
  });
});

describe('the name of a .env file', () => {
  it.each(['.env', '.env.local', '.env.production', 'a/.env', '.envrc', '.env-prod', '.env.test.local'])(
    '%s',
    (name) => {
      expect(isEnvFile(name)).toBe(true);
    },
  );

  it.each([
    '.env.example',
    '.env.sample',
    '.env.local.example',
    '.env.template',
    '.env.dist',
    '.env.vault',
    '.env.example.local',
    '.environment',
    'env',
    'a.env',
    '.env.d/x',
  ])('not %s', (name) => {
    expect(isEnvFile(name)).toBe(false);
  });
});
