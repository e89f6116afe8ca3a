import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ruleset } from '#compiled/ruleset';
import { optionsTable } from '../../../src/cli/help.ts';
import { COMMANDS } from '../../../src/cli/options.ts';
import { parseRequest, usageOf } from '../../../src/cli/parse.ts';
import type { Rule } from '../../../src/model/rule.ts';
import { fakeKey } from '../../helpers/keys.ts';
import { tempRepo } from '../../helpers/repo.ts';
import { keyguard } from '../../helpers/run.ts';

const README = fileURLToPath(new URL('../../../README.md', import.meta.url));
const readme = readFileSync(README, 'utf8');

describe('the README', () => {
  it('shows what the program says and knows ("npm run docs" brings it up to date)', async () => {
    const blocks = { sample: sample(), rules: rulesTable(), commands: commandsTable(), options: optionsTable() };
    const upToDate = Object.entries(blocks).reduce((text, [name, block]) => withBlock(text, name, block), readme);
    await expect(upToDate).toMatchFileSnapshot(README);
  });

  it('begins with the two commands for a fresh clone', () => {
    expect(codeBlocks('sh')[0]).toBe('npm ci && npx keyguard scan\nnpm ci && npm test');
  });

  it('speaks of this version', () => {
    const { version }: { readonly version: string } = JSON.parse(
      readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
    );
    expect(/^\*\*Version (?<version>\S+) /mu.exec(readme)?.groups?.['version']).toBe(version);
  });

  it('names files that exist', () => {
    const links = [...readme.matchAll(/\]\((?<target>[^)#]+)\)/gu)].map((link) => link.groups?.['target'] ?? '');
    const files = links.filter((target) => !target.startsWith('https:'));
    expect(files).toContain('LICENSE');
    expect(files.filter((file) => !existsSync(new URL(`../../../${file}`, import.meta.url)))).toEqual([]);
  });

  it('shows commands that keyguard understands', () => {
    const lines = [...readme.matchAll(/`(?:npx )?keyguard (?<words>[^`…]+)`/gu)].map(
      (code) => code.groups?.['words'] ?? '',
    );
    const shown = lines.filter((words) => !/^(?:[A-Z:]|hook )|\[/u.test(words)).map(wordsOf);
    expect(shown.length).toBeGreaterThan(5);
    for (const words of shown) expect(() => parseRequest(words)).not.toThrow();
    expect(() => parseRequest(['scan', '--stagged'])).toThrow('--staged');
  });

  it('shows a config that is understood', () => {
    const repo = tempRepo();
    repo.write('keyguard.config.json', codeBlocks('jsonc')[0] ?? '');
    expect(keyguard(repo.dir, ['scan']).code).toBe(0);
    repo.write('keyguard.config.json', (codeBlocks('jsonc')[0] ?? '').replace('failOn', 'failsOn'));
    expect(keyguard(repo.dir, ['scan']).code).toBe(2);
  });
});

/** What stands between `<!-- name -->` and `<!-- /name -->`, replaced. */
function withBlock(text: string, name: string, block: string): string {
  const [open, close] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  expect(start < end && start >= 0, `${open.trim()} … ${close} in README.md`).toBe(true);
  return `${text.slice(0, start + open.length)}\n${block.trim()}\n\n${text.slice(end)}`;
}

function codeBlocks(language: string): readonly string[] {
  const blocks = readme.matchAll(/```(?<language>\w+)\n(?<code>[^]*?)\n```/gu);
  return [...blocks].flatMap(({ groups }) => (groups?.['language'] === language ? [groups['code'] ?? ''] : []));
}

function wordsOf(line: string): readonly string[] {
  return (line.match(/'[^']*'|\S+/gu) ?? []).map((word) => word.replaceAll("'", ''));
}

/** A commit that is really stopped; only its time is made up. */
function sample(): string {
  const repo = tempRepo();
  repo.commit('package.json', '{}\n');
  const call = `const client = new OpenAI({ apiKey: '${fakeKey('openaiProject', 7)}' });`;
  repo.stage('src/app.ts', `import OpenAI from 'openai';\n${call}\n`);
  const { code, stderr } = keyguard(repo.dir, ['hook', 'pre-commit']);
  expect(code).toBe(1);
  return ['```text', '$ git commit -m "Ask the model"', stderr.trim().replace(/\d+\.\d\d s:/u, '0.04 s:'), '```'].join(
    '\n',
  );
}

function rulesTable(): string {
  const secrets = ruleset.rules.filter(({ isSecret }) => isSecret);
  const providers = [...new Set(secrets.map(({ provider }) => provider))].toSorted();
  const rows = providers.map((provider) => {
    const types = secrets.filter((rule) => rule.provider === provider).map(typeInTable);
    return `| ${provider} | ${types.join(' · ')} |`;
  });
  return ['| provider | key types |', '|---|---|', ...rows].join('\n');
}

function typeInTable({ keyType, risk, severity }: Rule): string {
  if (severity === 'warning') return `*${keyType}*`;
  return risk === 'high' ? `**${keyType}**` : keyType;
}

function commandsTable(): string {
  const rows = COMMANDS.map((command) => `| \`${usageOf(command)}\` | ${command.doc} |`);
  return ['| command | |', '|---|---|', ...rows].join('\n');
}
