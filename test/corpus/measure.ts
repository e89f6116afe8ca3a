import { fingerprintOf, Secret } from '../../src/model/secret.ts';
import { bytesOf } from '../detection/detect.ts';
import { readContainer } from '../detection/read-containers.ts';
import { CLEAN } from './clean.ts';
import { CONTEXTS } from './contexts.ts';
import { WRITINGS } from './encodings.ts';
import { KEY_TYPES, type KeyType } from './key-types.ts';

/** How one type fared: how many places were tried, and the names of those in which it was missed. */
export interface Recall {
  readonly id: string;
  readonly needsContext: boolean;
  readonly contexts: Tried;
  readonly writings: Tried;
}

export interface Tried {
  readonly count: number;
  readonly missed: readonly string[];
}

/** Every type in every place, and in every writing; another key for each. */
export async function measureRecall(): Promise<readonly Recall[]> {
  const result: Recall[] = [];
  for (const [index, type] of KEY_TYPES.entries()) {
    const contexts = CONTEXTS.filter(({ tells }) => tellsEnough(type, tells));
    const seed = (index + 1) * 1000;
    result.push({
      id: type.id,
      needsContext: type.needsContext,
      contexts: await tried(
        type,
        seed,
        contexts.map(({ name, place }) => [name, (key) => place(type, key)]),
      ),
      writings: await tried(
        type,
        seed + 500,
        WRITINGS.map(({ name, write }) => [name, (key) => write(type, key)]),
      ),
    });
  }
  return result;
}

function tellsEnough({ needsContext, host }: KeyType, tells: (typeof CONTEXTS)[number]['tells']): boolean {
  if (tells === 'host') return host !== null;
  return tells === 'name' || !needsContext;
}

type Place = readonly [name: string, file: (key: string) => string | Buffer];

async function tried(type: KeyType, seed: number, places: readonly Place[]): Promise<Tried> {
  const missed: string[] = [];
  for (const [index, [name, file]] of places.entries()) {
    const key = type.make(seed + index);
    if (!(await isFound(type, key, bytesOf(file(key))))) missed.push(name);
  }
  return { count: places.length, missed };
}

/** By its own rule, or named as a candidate where several fit; the whole key and nothing else. */
async function isFound({ id, isAdvisory }: KeyType, key: string, file: Buffer): Promise<boolean> {
  const identity = fingerprintOf(new Secret(key));
  const { detections } = await readContainer(file);
  return detections.some(
    ({ finding, kind, identity: found }) =>
      kind === (isAdvisory ? 'advise' : 'report') &&
      found === identity &&
      (finding.ruleId === id || finding.candidates.some(({ ruleId }) => ruleId === id)),
  );
}

export interface FalseAlarms {
  readonly name: string;
  readonly files: number;
  /** Rules that reported something, each as often as it did. */
  readonly rules: readonly string[];
}

const FILES_OF_A_KIND = 20;

export async function measureFalseAlarms(): Promise<readonly FalseAlarms[]> {
  const result: FalseAlarms[] = [];
  for (const { name, make } of CLEAN) {
    const rules: string[] = [];
    for (let seed = 1; seed <= FILES_OF_A_KIND; seed += 1) {
      const { detections } = await readContainer(bytesOf(make(seed)));
      for (const { finding } of detections) rules.push(finding.ruleId);
    }
    result.push({ name, files: FILES_OF_A_KIND, rules });
  }
  return result;
}
