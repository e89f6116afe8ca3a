import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exposuresOf } from '../../src/exposure.ts';
import type { Exposure } from '../../src/model/finding.ts';
import { fingerprintOf, Secret } from '../../src/model/secret.ts';
import { openRepository } from '../../src/sources/git/repository.ts';
import { fakeKey } from '../helpers/keys.ts';
import { repoAt, tempDir, tempRepo } from '../helpers/repo.ts';
import { testHost } from './host.ts';

const KEY = fakeKey('openaiProject');

async function exposure(dir: string): Promise<Exposure | undefined> {
  const secret = new Secret(KEY);
  const repository = await openRepository(testHost(dir));
  const context = { scope: 'staged', inCi: false } as const;
  const found = await exposuresOf(repository, new Map([[fingerprintOf(secret), secret]]), context);
  return found.get(fingerprintOf(secret));
}

describe('exposure of a staged key', () => {
  it('is "staged" only if no commit holds it, "local" if one does, "pushed" once a remote has that commit', async () => {
    const origin = tempRepo();
    origin.commit('a', 'a');
    const repo = repoAt(join(tempDir(), 'clone'));
    origin.git('clone', '-q', origin.dir, repo.dir);
    repo.stage('key', KEY);
    expect(await exposure(repo.dir)).toMatchObject({
      state: 'staged',
      detail: expect.stringMatching(
        /^in the index only: in no commit reachable from HEAD or a remote-tracking branch \(as of the fetch of 2\S+\)$/u,
      ),
    });
    repo.git('commit', '-qm', 'key');
    expect(await exposure(repo.dir)).toMatchObject({
      state: 'local',
      detail: expect.stringContaining('in HEAD, on no remote-tracking branch'),
    });
    repo.commit('key', 'taken out');
    expect(await exposure(repo.dir)).toMatchObject({
      state: 'local',
      detail: expect.stringContaining('in an older commit of HEAD'),
    });
    repo.git('push', '-q', 'origin', 'HEAD:other');
    expect(await exposure(repo.dir)).toMatchObject({
      state: 'pushed',
      detail: expect.stringContaining('in an older commit of a remote-tracking branch'),
    });
  });
});
