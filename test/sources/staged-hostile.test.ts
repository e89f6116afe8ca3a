import { chmodSync, existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRepository } from '../../src/sources/git/repository.ts';
import { openTreeSource } from '../../src/sources/git/tree.ts';
import type { TestRepo } from '../helpers/repo.ts';
import { cleanEnv, repoAt, tempDir, tempRepo } from '../helpers/repo.ts';
import { removeObject } from './damage.ts';
import { testHost } from './host.ts';
import { openStaged, readSource, stagedFiles } from './read.ts';
import { snapshot } from './snapshot.ts';

/** A program that leaves a mark when it is run. */
function canary(): { readonly program: string; readonly wasRun: () => boolean } {
  const dir = tempDir();
  const [program, mark] = [join(dir, 'canary.sh'), join(dir, 'was-run')];
  writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\necho hidden\n`);
  chmodSync(program, 0o755);
  return { program, wasRun: () => existsSync(mark) };
}

function configure(repo: TestRepo, settings: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(settings)) repo.git('config', key, value);
}

describe('staged content', () => {
  it('is seen under every setting that hides it from a patch', async () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'old');
    const { program, wasRun } = canary();
    repo.write('.git/info/attributes', '*.txt -diff\n* diff=hide filter=hide\n');
    configure(repo, {
      'core.attributesFile': join(tempDir(), 'none'),
      'core.bigFileThreshold': '1',
      'core.quotePath': 'true',
      'core.pager': program,
      'core.untrackedCache': 'true',
      'color.ui': 'always',
      'diff.external': program,
      'diff.hide.command': program,
      'diff.hide.textconv': program,
      'diff.hide.binary': 'true',
      'diff.orderFile': join(repo.dir, 'missing'),
      'diff.relative': 'true',
      'diff.noprefix': 'true',
      'diff.mnemonicPrefix': 'true',
      'diff.renames': 'copies',
      'diff.ignoreSubmodules': 'all',
      'diff.statGraphWidth': '1',
      'log.showSignature': 'true',
      'gpg.program': program,
      'pager.diff-index': program,
      'pager.cat-file': program,
      'alias.diff-index': '!false',
      'core.abbrev': '4',
    });
    repo.stage('.gitattributes', '*.txt binary\n');
    repo.stage('a.txt', 'new');
    repo.stage('sub/b.txt', 'nul \0 byte');
    configure(repo, { 'core.fsmonitor': program });
    expect(await stagedFiles(join(repo.dir, 'sub'))).toEqual({
      '.gitattributes': '*.txt binary\n',
      'a.txt': 'new',
      'sub/b.txt': 'nul \0 byte',
    });
    expect(wasRun()).toBe(false);
    // The same canary sings for a git that is asked without care.
    repo.git('ls-files');
    expect(wasRun()).toBe(true);
  });

  it('is seen whatever the environment says', async () => {
    const repo = tempRepo();
    const { program, wasRun } = canary();
    repo.commit('a', '1');
    repo.stage('a', '2');
    const dir = tempDir();
    const env = {
      GIT_EXTERNAL_DIFF: program,
      GIT_DIFF_OPTS: '-u0',
      GIT_PAGER: program,
      PAGER: program,
      GIT_EDITOR: program,
      GIT_TRACE: join(dir, 'trace'),
      GIT_TRACE2_EVENT: join(dir, 'trace2'),
      GIT_GLOB_PATHSPECS: '1',
      GIT_ICASE_PATHSPECS: '1',
      GIT_ATTR_SOURCE: 'HEAD',
      GIT_REPLACE_REF_BASE: 'refs/heads/',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: program,
      GIT_CONFIG_PARAMETERS: `'core.fsmonitor'='${program}'`,
    };
    expect(await stagedFiles(repo.dir, env)).toEqual({ a: '2' });
    expect(wasRun()).toBe(false);
    expect([existsSync(env.GIT_TRACE), existsSync(env.GIT_TRACE2_EVENT)]).toEqual([false, false]);
  });

  it('arrives unchanged, whatever its bytes are', async () => {
    const repo = tempRepo();
    const contents: Readonly<Record<string, Buffer>> = {
      empty: Buffer.alloc(0),
      nul: Buffer.from('a\0b'),
      'utf-16le': Buffer.from('\ufeffk\u00e9y', 'utf16le'),
      'utf-16be': Buffer.from('\ufeffk\u00e9y', 'utf16le').swap16(),
      'utf-32': Buffer.from([0xff, 0xfe, 0, 0, 0x6b, 0, 0, 0]),
      invalid: Buffer.from('\xff\xfe\x80 caf\xe9', 'latin1'),
      crlf: Buffer.from('a\r\nb\rc\n'),
      'looks like git': Buffer.from(`${'1'.repeat(40)} blob 5\nhello\n${'1'.repeat(40)} missing\n`),
      large: Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 31) % 251)),
    };
    for (const [name, content] of Object.entries(contents)) repo.stage(name, content);
    const files = await stagedFiles(repo.dir);
    expect(Object.keys(files).toSorted()).toEqual(Object.keys(contents).toSorted());
    const changed = Object.entries(contents).filter(([name, content]) => files[name] !== content.toString('latin1'));
    expect(changed.map(([name]) => name)).toEqual([]);
  });

  it('is found at names of every kind', async () => {
    const repo = tempRepo();
    const names = [
      'line\nbreak',
      'tab\t"quote"\\',
      ' lead',
      'trail ',
      '-dash',
      ':colon',
      ':(glob)*',
      '*',
      'caf\u00e9',
      '\u001b[31m',
      "it's",
    ];
    for (const name of names) repo.write(name, name);
    const bad = Buffer.from('caf\xe9 \xff', 'latin1');
    writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/`), bad]), 'bad');
    repo.git('add', '-A');
    const expected = new Map(
      names.map((name) => [Buffer.from(name).toString('latin1'), Buffer.from(name).toString('latin1')]),
    );
    expected.set('caf\xe9 \xff', 'bad');
    expect(await stagedFiles(repo.dir)).toEqual(Object.fromEntries(expected));
  });

  it('is read itself, not what a replace ref or a graft puts in its place', async () => {
    const repo = tempRepo();
    repo.commit('a', 'old');
    repo.stage('a', 'staged');
    repo.write('harmless', 'harmless');
    const harmless = repo.git('hash-object', '-w', 'harmless').trim();
    repo.git('rm', '-q', '--cached', '--ignore-unmatch', 'harmless');
    repo.git('replace', repo.git('rev-parse', ':a').trim(), harmless);
    repo.git('replace', repo.git('rev-parse', 'HEAD^{tree}').trim(), repo.git('write-tree').trim());
    expect(await stagedFiles(repo.dir)).toEqual({ a: 'staged' });
  });

  it('is not fetched through a program when it is missing in a partial clone', async () => {
    const repo = tempRepo();
    const { program, wasRun } = canary();
    repo.commit('a', 'old');
    repo.stage('a', 'staged');
    removeObject(repo, repo.git('rev-parse', ':a').trim());
    configure(repo, {
      'core.repositoryFormatVersion': '1',
      'extensions.partialClone': 'evil',
      'remote.evil.url': `ext::sh -c ${program}`,
      'remote.evil.promisor': 'true',
      'protocol.ext.allow': 'always',
    });
    const failed = await readSource(await openStaged(repo.dir)).then(
      (read) => read.unread,
      (error: unknown) => [String(error)],
    );
    expect(failed).toHaveLength(1);
    expect(wasRun()).toBe(false);
    expect(() => repo.git('cat-file', '-p', ':a')).toThrow('cat-file');
    expect(wasRun()).toBe(true);
  });

  it('runs no git that a repository or a package has put on PATH', async () => {
    const repo = tempRepo();
    repo.stage('a', 'staged');
    const inside = ['tools/git', 'node_modules/.bin/git', 'git'];
    const { program, wasRun } = canary();
    for (const path of inside) {
      repo.write(path, `#!/bin/sh\nexec '${program}'\n`);
      chmodSync(join(repo.dir, path), 0o755);
    }
    const system = cleanEnv()['PATH'] ?? '';
    const PATH = [join(repo.dir, 'tools'), join(repo.dir, 'node_modules/.bin'), '', '.', 'tools', system].join(':');
    expect(Object.keys(await stagedFiles(repo.dir, { PATH }))).toContain('a');
    expect(wasRun()).toBe(false);
  });
});

describe('a bare repository inside of a worktree', () => {
  it('is not taken for the repository, so that its settings do not count', async () => {
    const repo = tempRepo();
    const { program, wasRun } = canary();
    repo.git('init', '-q', '--bare', 'evil');
    repoAt(join(repo.dir, 'evil')).git('config', 'core.fsmonitor', program);
    await expect(openRepository(testHost(join(repo.dir, 'evil')))).rejects.toThrow('This is a bare repository');
    const host = testHost(repo.dir);
    const source = await openTreeSource(await openRepository(host), host, ['evil'], { overlap: 1024 });
    expect(Object.keys((await readSource(source)).files)).toContain('evil/config');
    expect(wasRun()).toBe(false);
  });
});

describe('a scan', () => {
  it('leaves worktree and repository as they are', async () => {
    const repo = tempRepo();
    repo.commit('a', '1');
    repo.commit('b', '1');
    repo.commit('c', '1');
    // A file that looks changed and is not: whoever lets git refresh the index writes it.
    utimesSync(join(repo.dir, 'c'), 1, 1);
    repo.stage('a', '2');
    repo.write('b', 'not staged');
    repo.write('new', 'untracked');
    const before = snapshot(repo.dir);
    const host = testHost(repo.dir);
    const repository = await openRepository(host);
    const staged = await openStaged(repo.dir);
    await readSource(staged);
    await readSource((await staged.before?.()) ?? staged);
    await readSource(await openTreeSource(repository, host, [], { overlap: 1024 }));
    await readSource(await openTreeSource(repository, host, ['.'], { overlap: 1024 }));
    expect(snapshot(repo.dir)).toEqual(before);
    repo.git('status');
    expect(snapshot(repo.dir)).not.toEqual(before);
  });
});
