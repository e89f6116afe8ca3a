import { KeyguardError } from '../errors.ts';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import type { CommandName } from './options.ts';
import { writeAll } from './output.ts';
import type { Parsed } from './parse.ts';
import { scanArgsFrom, whyArgsFrom } from './scan-args.ts';

type Command = (parsed: Parsed, io: Io) => Promise<ExitCode>;
export type Commands = Readonly<Record<CommandName, Command>>;

/** Each command loads what it needs when it is asked for. */
export const COMMAND_TABLE: Commands = {
  scan: async (parsed, io) => {
    const { scanCommand } = await import('./commands/scan.ts');
    return scanCommand(scanArgsFrom(parsed), io);
  },
  // `bin/keyguard.js` hands `keyguard hook NAME` to the bundled hook; only a line with options in front ends here.
  hook: () => {
    throw new KeyguardError('usage', 'git calls it as "keyguard hook pre-commit": nothing may stand before "hook".');
  },
  install: async (parsed, io) => {
    if (parsed.given.has('agent'))
      return print(io, await (await import('./commands/run-agent.ts')).installAgent(parsed.given, io));
    const { installCommand } = await import('./commands/install.ts');
    return installCommand(parsed, io);
  },
  uninstall: async (parsed, io) => {
    if (parsed.given.has('agent'))
      return print(io, await (await import('./commands/run-agent.ts')).uninstallAgent(parsed.given, io));
    const { uninstallCommand } = await import('./commands/install.ts');
    return uninstallCommand(parsed, io);
  },
  doctor: async (parsed, io) => {
    const { doctorCommand } = await import('./commands/doctor.ts');
    return doctorCommand(parsed, io);
  },
  guide: async ({ words }, io) => {
    const { guideText } = await import('./commands/guide.ts');
    const { guidance } = await import('#compiled/guidance');
    return print(io, guideText(words, guidance, GUIDE_COLUMNS));
  },
  rules: async ({ words }, io) => {
    const { rulesCommand } = await import('./commands/run-rules.ts');
    return rulesCommand(words, io);
  },
  allow: async (parsed, io) => {
    const { allowCommand } = await import('./commands/allow.ts');
    return allowCommand(parsed, io);
  },
  why: async (parsed, io) => {
    const { whyCommand } = await import('./commands/why.ts');
    return whyCommand(whyArgsFrom(parsed), io);
  },
};

/** The guide is laid out for a screen as everybody has it. */
const GUIDE_COLUMNS = 80;

async function print(io: Io, text: string): Promise<ExitCode> {
  await writeAll(io.stdout, text);
  return 0;
}
