import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { writeReportFile } from '../../src/cli/report-file.ts';
import { cleanEnv, tempDir } from '../helpers/repo.ts';

const OUTPUT = new URL('../../dist/cli/output.js', import.meta.url).href;
const REPORT_FILE = new URL('../../dist/cli/report-file.js', import.meta.url).href;
const isPosix = process.platform !== 'win32';
const TWO_MEGABYTES = 2_000_000;

/** A program as small as can be around `output.ts`: exit code 2 until all is written, the error on one line. */
function program(statement: string): string {
  return `
    import { writeAll } from ${JSON.stringify(OUTPUT)};
    import { writeReportFile } from ${JSON.stringify(REPORT_FILE)};
    process.exitCode = 2;
    try {
      ${statement};
      process.exitCode = 0;
    } catch (error) {
      process.stderr.write(error.name + ' ' + error.code + ': ' + error.message);
    }`;
}

const PRINT_MUCH = program(`await writeAll(process.stdout, 'x'.repeat(${TWO_MEGABYTES}))`);

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs the program with `stdout`, a descriptor or a pipe that `read` gets. */
async function run(
  source: string,
  stdout: number | 'pipe',
  read: (pipe: NodeJS.ReadableStream) => Promise<void> = async () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    env: cleanEnv(),
    stdio: ['ignore', stdout, 'pipe'],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  if (child.stdout !== null) await read(child.stdout);
  return { code: await ended, stderr };
}

describe('writing to a stream', () => {
  test('a slow reader gets every byte', async () => {
    let bytes = 0;
    const ended = await run(PRINT_MUCH, 'pipe', async (pipe) => {
      for await (const chunk of pipe) {
        bytes += chunk.length;
        await setImmediate();
      }
    });
    expect(ended).toEqual({ code: 0, stderr: '' });
    expect(bytes).toBe(TWO_MEGABYTES);
  });

  test('a reader that goes away is an error in one line', async () => {
    const ended = await run(PRINT_MUCH, 'pipe', async (pipe) => {
      for await (const chunk of pipe) if (chunk.length > 0) break;
    });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toBe(
      'KeyguardError output: cannot write standard output: the reader closed the pipe before the end.',
    );
  });

  test.skipIf(!existsSync('/dev/full'))('a full device is an error in one line', async () => {
    const full = openSync('/dev/full', 'w');
    const ended = await run(PRINT_MUCH, full);
    closeSync(full);
    expect(ended).toEqual({
      code: 2,
      stderr: 'KeyguardError output: cannot write standard output: no space left on the device.',
    });
  });

  test('a file gets every byte', async () => {
    const path = join(tempDir(), 'report.txt');
    const file = openSync(path, 'w');
    const ended = await run(PRINT_MUCH, file);
    closeSync(file);
    expect(ended).toEqual({ code: 0, stderr: '' });
    expect(statSync(path).size).toBe(TWO_MEGABYTES);
  });

  test.skipIf(!isPosix)('a file that takes only the beginning is an error', () => {
    const path = join(tempDir(), 'report.txt');
    const printed = limited(PRINT_MUCH, '> "$REPORT"', path);
    expect(printed).toBe(
      'KeyguardError output: cannot write standard output: the file would be larger than allowed. 2',
    );
    expect(statSync(path).size).toBeLessThan(TWO_MEGABYTES);
  });

  test('more writes than a stream has listeners leave no warning', async () => {
    const many = program(`for (let i = 0; i < 20; i += 1) await writeAll(process.stdout, 'x')`);
    let text = '';
    const ended = await run(many, 'pipe', async (pipe) => {
      for await (const chunk of pipe) text += chunk.toString();
    });
    expect(ended).toEqual({ code: 0, stderr: '' });
    expect(text).toBe('x'.repeat(20));
  });
});

describe('writing a report file', () => {
  test('makes a file that was not there', async () => {
    const path = join(tempDir(), 'report.json');
    await writeReportFile(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  test.skipIf(!isPosix)('makes it readable by its owner only, whatever the older report was', async () => {
    const path = join(tempDir(), 'report.json');
    writeFileSync(path, 'old', { mode: 0o644 });
    await writeReportFile(path, 'new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('replaces an older report and leaves nothing beside it', async () => {
    const folder = tempDir();
    const path = join(folder, 'report.json');
    writeFileSync(path, 'an older and longer report');
    await writeReportFile(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  test.skipIf(!isPosix)('keeps the older report when the new one does not fit', () => {
    const folder = tempDir();
    const path = join(folder, 'report.json');
    writeFileSync(path, 'old');
    const source = program(`await writeReportFile(process.env.REPORT, 'x'.repeat(${TWO_MEGABYTES}))`);
    const printed = limited(source, '', path);
    expect(printed).toBe(`KeyguardError output: cannot write ${path}: the file would be larger than allowed. 2`);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  test('a folder is an error in one line', async () => {
    const path = join(tempDir(), 'folder');
    mkdirSync(path);
    await expect(writeReportFile(path, 'new')).rejects.toThrow(`cannot write ${path}: it is a folder.`);
  });

  test('a folder that does not exist is an error in one line', async () => {
    const path = join(tempDir(), 'missing', 'report.json');
    await expect(writeReportFile(path, 'new')).rejects.toThrow(`cannot write ${path}: its folder does not exist`);
  });

  test.skipIf(!isPosix)('a file in place of a folder is an error in one line', async () => {
    const file = join(tempDir(), 'file');
    writeFileSync(file, '');
    const path = join(file, 'report.json');
    await expect(writeReportFile(path, 'new')).rejects.toThrow(
      `cannot write ${path}: a part of the path is not a folder.`,
    );
  });

  test.skipIf(!isPosix)('is not led elsewhere by a symbolic link', async () => {
    const folder = tempDir();
    const path = join(folder, 'report.json');
    writeFileSync(join(folder, 'precious'), 'precious');
    symlinkSync('precious', path);
    await expect(writeReportFile(path, 'new')).rejects.toThrow('it is a symbolic link');
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('precious');
  });

  test.skipIf(!isPosix)('writes to a device and does not replace it', async () => {
    await writeReportFile('/dev/null', 'new');
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test.skipIf(!isPosix)('writes to a FIFO and does not replace it', async () => {
    const path = join(tempDir(), 'fifo');
    execFileSync('mkfifo', [path]);
    const reader = spawn('cat', [path], { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    reader.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const ended = new Promise((resolve) => reader.once('close', resolve));
    await writeReportFile(path, 'new');
    await ended;
    expect(text).toBe('new');
    expect(lstatSync(path).isFIFO()).toBe(true);
  });

  test.skipIf(!existsSync('/dev/stdout'))('appends to a file that stands behind /dev/stdout', async () => {
    const path = join(tempDir(), 'log');
    writeFileSync(path, 'before\n');
    const file = openSync(path, 'a');
    const ended = await run(program(`await writeReportFile('/dev/stdout', 'new')`), file);
    closeSync(file);
    expect(ended).toEqual({ code: 0, stderr: '' });
    expect(readFileSync(path, 'utf8')).toBe('before\nnew');
    expect(lstatSync('/dev/stdout').isSymbolicLink()).toBe(true);
  });
});

/** Runs the program where no file may grow beyond 64 blocks; its error and exit code. */
function limited(source: string, redirect: string, report: string): string {
  const shell = `ulimit -f 64; "$NODE" --input-type=module -e "$SOURCE" ${redirect} 2>&3; printf ' %s' $? >&3`;
  return execFileSync('sh', ['-c', `( ${shell} ) 3>&1`], {
    env: cleanEnv({ NODE: process.execPath, SOURCE: source, REPORT: report }),
    encoding: 'utf8',
  });
}
