import { describe, expect, it } from 'vitest';
import { openRepository } from '../../src/sources/git/repository.ts';
import { mayHold, readIndex } from '../../src/sources/git/read-index.ts';
import { tempRepo, type TestRepo } from '../helpers/repo.ts';
import { testHost } from './host.ts';

const NAMES = ['.keyguardignore', 'keyguard.config.json'];

async function mayHoldIn(repo: TestRepo): Promise<boolean> {
  const repository = await openRepository(testHost(repo.dir));
  if (repository === null) throw new RangeError('there is a repository');
  return mayHold(readIndex(repository), NAMES);
}

describe('what an index may hold', () => {
  it('is nothing before the first git add', async () => {
    expect(await mayHoldIn(tempRepo())).toBe(false);
  });

  it.each(['2', '3'])('is told by its bytes in version %s', async (version) => {
    const repo = tempRepo();
    repo.git('config', 'index.version', version);
    repo.stage('a.txt', 'a');
    expect(await mayHoldIn(repo)).toBe(false);
    repo.stage('.keyguardignore', 'a.txt');
    expect(await mayHoldIn(repo)).toBe(true);
  });

  it.each([
    ['version 4, which shortens paths', ['update-index', '--index-version', '4']],
    ['a split index, which keeps its paths elsewhere', ['update-index', '--split-index']],
  ])('is not known in %s', async (_what, command) => {
    const repo = tempRepo();
    repo.stage('keyguard.conf', 'shares its beginning');
    repo.stage('keyguard.config.json', '{}');
    repo.git(...command);
    repo.stage('b.txt', 'b');
    expect(await mayHoldIn(repo)).toBe(true);
  });
});
