import { placeholderReason } from '../judge/placeholder.ts';
import type { HazardKind } from './hazard.ts';

export function isDockerfile(path: string): boolean {
  return path.includes('ile') && DOCKERFILE.test(path);
}

const DOCKERFILE = /(?:^|\/)(?:(?:Docker|Container)file(?:\.[\w.-]+)?|[\w.-]+\.(?:docker|container)file)$/iu;

/** An instruction with the lines that go on behind a backslash. https://docs.docker.com/reference/dockerfile/ */
const INSTRUCTION = /^[^\S\r\n]*(?<kind>ARG|ENV)[^\S\r\n]+(?<rest>(?:[^\r\n\\]|\\(?:\r\n|[^]))*)/gimu;

/** What `ARG` and `ENV` keep in an image. A build argument is there also where it has no default. */
export const dockerVariables: HazardKind = function* (text, _path, names) {
  for (const { index, 0: whole, groups } of text.matchAll(INSTRUCTION)) {
    const { kind = '', rest = '' } = groups ?? {};
    const from = index + whole.length - rest.length;
    for (const found of variablesIn(rest)) {
      const key = names(found.name);
      if (key === null || isHarmless(kind, found.value)) continue;
      yield {
        at: { start: from + found.at, end: from + found.at + found.name.length },
        name: found.name,
        provider: key.provider,
      };
    }
  }
};

interface Variable {
  readonly name: string;
  /** null where none is given. */
  readonly value: string | null;
  readonly at: number;
}

/** `A=1 B="two words" C`, or the old form of ENV, `A some words`. */
function* variablesIn(rest: string): Generator<Variable> {
  const old = /^(?<name>[A-Za-z_]\w*)[^\S\r\n]+(?<value>[^=\s][^\r\n=]*)$/u.exec(rest)?.groups;
  if (old !== undefined && !rest.includes('=')) {
    yield { name: old['name'] ?? '', value: (old['value'] ?? '').trim(), at: 0 };
    return;
  }
  for (const { index, 1: name = '', groups } of rest.matchAll(
    /(?<name>[A-Za-z_]\w*)(?:=(?<value>"(?:[^"\\]|\\[^])*"|'[^']*'|(?:\\[^]|[^\s\\])*))?/gu,
  )) {
    const value = groups?.['value'];
    yield { name, value: value === undefined ? null : value.replaceAll(/^["']|["']$/gu, ''), at: index };
  }
}

/** A variable that is only announced, or filled with what no provider takes. */
function isHarmless(kind: string, value: string | null): boolean {
  if (value === null || value === '') return kind.toUpperCase() === 'ENV';
  if (value.startsWith('$')) return false;
  return value.length < 12 || placeholderReason(value, false) !== null;
}
