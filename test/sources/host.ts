import { Readable } from 'node:stream';
import type { Host } from '../../src/host.ts';
import { cleanEnv } from '../helpers/repo.ts';

/** The machine of the test with `dir` as current folder; variables that are undefined are taken away. */
export function testHost(dir: string, env: Readonly<Record<string, string | undefined>> = {}, stdin = ''): Host {
  return {
    env: { ...cleanEnv(), ...env },
    cwd: dir,
    platform: process.platform,
    execPath: process.execPath,
    today: '2026-11-20',
    stdin: Readable.from([Buffer.from(stdin, 'latin1')]),
    killGroup: (pid, signal) => process.kill(-pid, signal),
  };
}
