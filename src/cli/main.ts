import { COMMAND_TABLE, type Commands } from './dispatch.ts';
import type { ExitCode } from './exit-code.ts';
import { failureText } from './failure.ts';
import { helpText } from './help.ts';
import type { Io } from './io.ts';
import { writeAll } from './output.ts';
import { parseRequest } from './parse.ts';
import { VERSION } from './version.ts';

/** Runs one command line to its end. It never throws: what went wrong is said in a line on stderr, and the code is 2. */
export async function main(argv: readonly string[], io: Io, commands: Commands = COMMAND_TABLE): Promise<ExitCode> {
  try {
    return await run(argv, io, commands);
  } catch (error) {
    await writeAll(io.stderr, failureText(error, io.sink, argv.includes('--verbose'))).catch(() => {
      // Nobody listens any more; the exit code is all that is left to say it.
    });
    return 2;
  }
}

async function run(argv: readonly string[], io: Io, commands: Commands): Promise<ExitCode> {
  const request = parseRequest(argv);
  switch (request.kind) {
    case 'help':
      await writeAll(io.stdout, helpText(request.command));
      return 0;
    case 'version':
      await writeAll(io.stdout, `${VERSION}\n`);
      return 0;
    case 'run':
      return await commands[request.command.name](request, io);
  }
}
