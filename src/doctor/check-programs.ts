import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { Host } from '../host.ts';
import type { HookedRepository } from '../hooks/repository.ts';
import { check, type Check } from './check.ts';
import { ENVIRONMENTS, environmentOf, pathIn } from './environments.ts';
import { type HookState, textOf } from './hook-state.ts';
import { type AtEnd, runToEnd } from './run-hook.ts';

/** The keyguard that runs now. */
export interface Running {
  readonly version: string;
  /** What its package asks of node: the lowest version. */
  readonly needs: readonly [major: number, minor: number];
}

const WHO = { shell: 'With the PATH of this shell', gui: 'With the PATH of a client with windows' } as const;

/** Which node and which keyguard a hook would find, by what install wrote into it. */
export async function checkPrograms(
  host: Host,
  repository: HookedRepository,
  states: readonly HookState[],
  running: Running,
  atEnd: AtEnd,
): Promise<readonly Check[]> {
  const wrapper = wrapperOf(repository, states);
  if (wrapper === null && !states.some(({ keyguard }) => keyguard !== null)) return [];
  const checks: Check[] = [];
  for (const environment of ENVIRONMENTS) {
    checks.push(
      await checkNode(host, WHO[environment], pathIn(environmentOf(host, environment)), wrapper, running, atEnd),
    );
  }
  return wrapper === null ? checks : [...checks, checkKeyguard(repository, wrapper)];
}

async function checkNode(
  host: Host,
  who: string,
  path: string,
  wrapper: Wrapper | null,
  { needs }: Running,
  atEnd: AtEnd,
): Promise<Check> {
  const onPath = findOnPath(host, path);
  const recorded = wrapper !== null && isProgram(wrapper.node) ? wrapper.node : null;
  const node = onPath ?? recorded;
  if (node === null) return check('node-missing', { who });
  const version = await versionOf(host, node, atEnd);
  const facts = { who, node, version };
  if (isBelow(version, needs))
    return check('node-too-old', { ...facts, needs: needs.join('.'), better: host.execPath });
  return check(onPath === null ? 'node-recorded' : 'node-found', facts);
}

function findOnPath({ platform }: Host, path: string): string | null {
  const [separator, name] = platform === 'win32' ? [';', 'node.exe'] : [':', 'node'];
  const places = path
    .split(separator)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name));
  return places.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function versionOf(host: Host, node: string, atEnd: AtEnd): Promise<string> {
  const { said } = await runToEnd(
    { program: node, args: ['--version'], cwd: dirname(node), env: host.env, atEnd },
    host,
  );
  return /^v(?<version>\d+\.\d+\.\d+)/mu.exec(said)?.groups?.['version'] ?? 'of an unknown version';
}

function isBelow(version: string, [major, minor]: Running['needs']): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a < major || (a === major && b < minor);
}

interface Wrapper {
  readonly node: string;
  readonly bin: string;
  readonly folder: string;
}

/** What install wrote into keyguard's own files: the hook itself, or what lines in the files of others call. */
function wrapperOf({ commonDir }: HookedRepository, states: readonly HookState[]): Wrapper | null {
  const places = [...states.map(({ keyguard }) => keyguard?.at), join(commonDir, 'keyguard', 'run')];
  for (const place of places) {
    const text = place === undefined ? '' : Buffer.from(textOf(place) ?? '', 'latin1').toString('utf8');
    const [node, bin, folder] = ['recorded_node', 'recorded_bin', 'folder'].map((name) => valueIn(text, name));
    if (node !== undefined && bin !== undefined && node !== null && bin !== null)
      return { node, bin, folder: folder ?? '' };
  }
  return null;
}

/** One word in single quotes, as `quoted` writes it. */
function valueIn(text: string, name: string): string | null {
  const word = new RegExp(String.raw`^${name}=(?<word>'(?:[^']|'\\'')*')$`, 'mu').exec(text)?.groups?.['word'];
  return word === undefined ? null : word.slice(1, -1).replaceAll(String.raw`'\''`, "'");
}

/** The copy of the project goes before the recorded one, if that lay in the project too. */
function checkKeyguard({ top }: HookedRepository, { bin, folder }: Wrapper): Check {
  const copies = foldersUp(folder).map((at) => join(top, at, 'node_modules', 'keyguard', 'bin', 'keyguard.js'));
  const isOfProject = bin.startsWith(`${top}/`) && bin.includes('/node_modules/');
  const order = isOfProject ? [...copies, bin] : [bin, ...copies];
  const found = order.find((place) => existsSync(place));
  if (found === undefined) return check('keyguard-missing', { bin });
  return check('keyguard-found', { bin: found, version: versionBeside(found) });
}

function foldersUp(folder: string): readonly string[] {
  const parts = folder.split('/').filter((part) => part !== '');
  return Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i).join('/'));
}

function versionBeside(bin: string): string {
  const text = textOf(join(dirname(dirname(bin)), 'package.json')) ?? '';
  return /"version"\s*:\s*"(?<version>[^"]+)"/u.exec(text)?.groups?.['version'] ?? 'of an unknown version';
}
