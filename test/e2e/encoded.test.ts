import { expect, it } from 'vitest';
import { fingerprintOf, Secret } from '../../src/model/secret.ts';
import { base64 } from '../detection/encodings.ts';
import { fakeKey } from '../helpers/keys.ts';
import { tempRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';
import { scanJson } from './scan-json.ts';

const KEY = fakeKey('openaiProject');
const ENCODED = base64(JSON.stringify({ key: KEY.replaceAll('-', '%2D') }));

it('reports a key in percent signs in base64 as itself, at its place, and shows neither', () => {
  const repo = tempRepo();
  repo.commit('secret.yaml', `data:\n  settings: ${ENCODED}\n`);
  const { code, report, stdout, stderr } = scanJson(repo.dir, []);
  expect(code).toBe(1);
  expect(report.findings).toMatchObject([
    {
      fingerprint: fingerprintOf(new Secret(KEY)),
      ruleId: 'openai-project-key',
      decoded: ['base64', 'percent'],
      location: { path: 'secret.yaml', line: 2, endLine: 2 },
    },
  ]);
  const why = keyguard(repo.dir, ['why', 'secret.yaml:2']);
  expect(why.stdout).toContain('(openai-project-key, read as base64 › percent): reported');
  for (const output of [stdout, stderr, why.stdout]) {
    for (let at = 0; at + 32 <= ENCODED.length; at += 4) expect(output).not.toContain(ENCODED.slice(at, at + 32));
  }
});

it('counts a file that is encoded too often, and is complete', () => {
  const repo = tempRepo();
  const nest = (times: number): string => (times === 0 ? 'words of a plain text, encoded' : base64(nest(times - 1)));
  repo.commit('deep.txt', `${nest(7)}\n`);
  const { code, report, stderr } = scanJson(repo.dir, []);
  expect({ code, complete: report.complete }).toEqual({ code: 0, complete: true });
  expect(report.coverage.skipped).toEqual([{ reason: 'decoded-in-part', count: 1 }]);
  expect(stderr).toContain('left out: 1 decoded in part');
});
