import { existsSync } from 'node:fs';
import { isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { stdin, stdout } from 'node:process';
import type { Answer, Fields, Protocol } from '../agents/agent.ts';
import { MOST_BYTES, parseEvent } from '../agents/fields.ts';
import { judgeEvent } from '../agents/judge-event.ts';
import { protocolNamed, spokenBy } from '../agents/protocols.ts';
import { KeyguardError } from '../errors.ts';
import type { Host } from '../host.ts';
import { rawPathFromText, type RawPath } from '../model/fragment.ts';
import { openRepository, type Repository } from '../sources/git/repository.ts';
import { endAllChildren, runGit } from '../sources/git/run.ts';
import { openKeySearch } from './agent-keys.ts';
import { textSink } from './failure.ts';
import { guardProcess } from './guard.ts';
import { createHost } from './host.ts';
import { writeAll } from './output.ts';

/**
 * What a coding agent runs before a tool, before a prompt is sent and after a tool: its event on standard input, the
 * answer in its own protocol. Trouble is a no with its reason: in the protocol where the event is known, else by exit
 * code 2, which all of them take for one.
 */
export async function runAgentHook(name: string): Promise<void> {
  const sink = textSink();
  const { finish, fail } = guardProcess(endAllChildren, sink, 'stopped: ');
  try {
    const named = protocolNamed(name);
    const event = parseEvent(await readInput(stdin));
    const answer = await answerTo(event, spokenBy(event, named), createHost(), sink);
    await writeAll(stdout, answer.stdout);
    await finish(answer.code);
  } catch (error) {
    fail(error);
  }
}

async function answerTo(
  event: Fields,
  protocol: Protocol,
  host: Host,
  sink: (text: string) => string,
): Promise<Answer> {
  const read = protocol.read(event);
  const name = String(event.get('hook_event_name'));
  if (read.kind === 'quiet') return protocol.answer(name, { kind: 'pass' });
  try {
    const project = { ...host, cwd: projectFolder(protocol, host) };
    const opening = openRepository(project);
    // Whoever waits for it first hears of a failure.
    opening.catch(() => undefined);
    const verdict = await judgeEvent(read, {
      folder: folderOf(event, project),
      openKeys: () => openKeySearch(project, opening),
      hookFolders: async () => hookFolders(await opening),
      placeOf: async (path) => placeOf(path, folderOf(event, project), await opening),
    });
    return protocol.answer(name, verdict);
  } catch (error) {
    if (!(error instanceof KeyguardError)) throw error;
    return protocol.answer(name, { kind: 'stop', reason: `keyguard: stopped: ${sink(error.message)}` });
  }
}

async function readInput(input: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MOST_BYTES) {
      throw new KeyguardError(
        'usage',
        `the event of the agent is larger than ${MOST_BYTES} bytes, so it was not checked.`,
      );
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The project that the agent works in, which is not where its last `cd` went. */
function projectFolder({ projectVariable }: Protocol, { cwd, env }: Host): string {
  const told = projectVariable === null ? undefined : env[projectVariable];
  return told !== undefined && isAbsolute(told) && existsSync(told) ? told : cwd;
}

/** Where a command would run. */
function folderOf(event: Fields, { cwd }: Host): string {
  const folder = event.get('cwd');
  return typeof folder === 'string' && isAbsolute(folder) ? folder : cwd;
}

/** Where git looks for hooks here. The setting that our own calls of git are given has the scope `command`. */
async function hookFolders(repository: Repository | null): Promise<readonly string[]> {
  if (repository === null) return [];
  const { git, top, commonDir } = repository;
  const asked = ['config', '-z', '--show-scope', '--type=path', '--get-all', 'core.hooksPath'];
  const fields = (await runGit(git, asked, { ok: [0, 1] })).stdout.toString('utf8').split('\0');
  const set = fields.filter((_, i) => i % 2 === 1 && fields[i - 1] !== 'command').map((path) => resolve(top, path));
  // One that holds everything would let nothing be written.
  return [join(commonDir, 'hooks'), ...set].filter((folder) => top !== folder && !top.startsWith(`${folder}${sep}`));
}

/** The file in the repository; null for one elsewhere. */
function placeOf(path: string, folder: string, repository: Repository | null): RawPath | null {
  if (repository === null) return null;
  const way = relative(repository.top, resolve(folder, path)).split(sep).join(posix.sep);
  return way === '' || way.startsWith('..') || isAbsolute(way) ? null : rawPathFromText(way);
}
