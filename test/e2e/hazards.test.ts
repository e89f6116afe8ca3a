import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { tempRepo, type TestRepo } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';

const VALUE = fillTemplate('{{alnum:32}}', 41);

interface Told {
  readonly ruleId: string;
  readonly severity: string;
  readonly provider: string;
  readonly fingerprint: string;
  readonly redacted: string;
  readonly location: { readonly path: string; readonly line: number; readonly column: number };
  readonly guidance: {
    readonly summary: string;
    readonly steps: readonly { readonly text: string; readonly command?: string }[];
  };
}

interface Json {
  readonly findings: readonly Told[];
  readonly advisories: readonly Told[];
  readonly suppressed: readonly { readonly by: string; readonly ruleId: string }[];
}

function scan(repo: TestRepo, ...args: readonly string[]): Json & { readonly code: number | null } {
  const { code, stdout } = keyguard(repo.dir, ['scan', '--format', 'json', ...args]);
  const json: Json = JSON.parse(stdout);
  return { ...json, code };
}

function told(advisories: readonly Told[]): readonly string[] {
  return advisories.map(
    ({ ruleId, redacted, location }) => `${location.path}:${location.line}:${location.column} ${ruleId} ${redacted}`,
  );
}

function everyKind(repo: TestRepo): void {
  repo.stage(
    'src/a.ts',
    'const a = 1;\nconst k = import.meta.env.VITE_OPENAI_API_KEY;\nconst again = import.meta.env.VITE_OPENAI_API_KEY;\n',
  );
  repo.stage('src/b.ts', 'new OpenAI({ apiKey, dangerouslyAllowBrowser: true });\n');
  repo.stage('src/c.ts', 'fetch(`https://x.example/v1?key=${process.env.OPENAI_API_KEY}`);\n');
  repo.stage('Dockerfile', 'FROM node\nARG OPENAI_API_KEY\n');
  repo.stage('.github/workflows/ci.yml', 'steps:\n  - run: echo $OPENAI_API_KEY\n');
  repo.stage('main.tf', `variable "openai_api_key" {\n  default = "${VALUE}"\n}\n`);
  repo.stage('.env', `A=1\nOPENAI_API_KEY=${VALUE}\n`);
}

const EVERY_KIND = [
  '.env:2:1 exposure-tracked-env-file OPENAI_API_KEY',
  '.github/workflows/ci.yml:2:16 exposure-ci-log OPENAI_API_KEY',
  'Dockerfile:2:5 exposure-docker-variable OPENAI_API_KEY',
  'main.tf:1:11 exposure-terraform-default openai_api_key',
  'src/a.ts:2:27 exposure-public-variable VITE_OPENAI_API_KEY',
  'src/b.ts:1:22 exposure-browser-client dangerouslyAllowBrowser',
  'src/c.ts:1:47 exposure-key-in-url OPENAI_API_KEY',
];

describe('what would publish a key', () => {
  it('is advised, once a name and file, and stops nobody', () => {
    const repo = tempRepo();
    everyKind(repo);
    const staged = scan(repo, '--staged');
    expect([staged.code, told(staged.advisories)]).toEqual([1, EVERY_KIND]);
    // The default of Terraform is the value of the .env file as well.
    expect(staged.findings.map(({ ruleId, location }) => `${location.path} ${ruleId}`)).toEqual(['main.tf own-key']);
    expect(told(scan(repo).advisories)).toEqual(EVERY_KIND);
    expect(staged.advisories.find(({ location }) => location.path === 'src/c.ts')?.provider).toBe('OpenAI');
  });

  it('is told in the hook in one line each, with what to write instead', () => {
    const repo = tempRepo();
    repo.stage('src/a.ts', 'const k = import.meta.env.VITE_OPENAI_API_KEY;\n');
    const { code, stderr } = keyguard(repo.dir, ['hook', 'pre-commit']);
    expect(code).toBe(0);
    expect(stderr.replaceAll(/\s+/gu, ' ')).toContain(
      'advisory: src/a.ts:1:27: VITE_OPENAI_API_KEY is written into the page, where every visitor reads it; keep the key on the server, under a name without that prefix.',
    );
    expect(stderr).toContain('no findings, 1 advisory');
  });

  it('fails where advisories are findings, with its steps and without a word on exposure', () => {
    const repo = tempRepo();
    repo.stage('Dockerfile', 'FROM node\nARG OPENAI_API_KEY\n');
    const { code, stdout } = keyguard(repo.dir, ['scan', '--staged', '--fail-on', 'warning']);
    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "keyguard: key that stays in a Docker image in Dockerfile:2

      Key that stays in a Docker image: ARG and ENV stay in the history of the image,
      which everybody reads who can pull it
        Dockerfile:2:5
        OPENAI_API_KEY
        What to do now (risk medium):
        1. Needed when the container runs: take the line out, and give the key at the
           start: docker run --env-file .env, or a secret of Compose or Kubernetes.
        2. Needed while the image is built: RUN
           --mount=type=secret,id=OPENAI_API_KEY,env=OPENAI_API_KEY …, with docker
           build --secret id=OPENAI_API_KEY.
        3. Was an image pushed that was built with a real key? Then revoke that key.
        Meant to be so? keyguard allow 617851fbaacdedea --reason '…'

      1 finding.

      "
    `);
    const { findings, advisories } = scan(repo, '--staged', '--fail-on', 'warning');
    expect([findings.length, advisories.length]).toEqual([1, 0]);
    expect(findings[0]?.guidance.steps.map(({ text }) => text).join(' ')).toContain(
      'docker build --secret id=OPENAI_API_KEY',
    );
  });

  it('that HEAD has already is not advised again, wherever it moves', () => {
    const repo = tempRepo();
    repo.commit('src/a.ts', 'const k = import.meta.env.VITE_OPENAI_API_KEY;\n');
    repo.git('mv', 'src/a.ts', 'src/b.ts');
    repo.stage('src/b.ts', '// moved\nconst k = import.meta.env.VITE_OPENAI_API_KEY;\n');
    const moved = scan(repo, '--staged');
    expect([moved.advisories, moved.suppressed]).toMatchObject([[], [{ by: 'already-committed' }]]);
    repo.stage('src/c.ts', 'const k = import.meta.env.VITE_ANTHROPIC_API_KEY;\n');
    expect(told(scan(repo, '--staged').advisories)).toEqual([
      'src/c.ts:1:27 exposure-public-variable VITE_ANTHROPIC_API_KEY',
    ]);
  });

  it('can be allowed beside it, accepted, switched off and ignored', () => {
    const repo = tempRepo();
    repo.write(
      'src/a.ts',
      'new OpenAI({ dangerouslyAllowBrowser: true }); // keyguard:allow exposure-browser-client -- own keys only\n',
    );
    expect(scan(repo)).toMatchObject({ advisories: [], suppressed: [{ by: 'inline-allow' }] });
    repo.write('src/a.ts', 'new OpenAI({ dangerouslyAllowBrowser: true });\n');
    const [advisory] = scan(repo).advisories;
    expect(keyguard(repo.dir, ['allow', advisory?.fingerprint ?? '', '--reason', 'own keys only']).code).toBe(0);
    expect(scan(repo)).toMatchObject({ advisories: [], suppressed: [{ by: 'baseline' }] });
    repo.write('src/b.ts', 'new OpenAI({ dangerouslyAllowBrowser: true });\n');
    expect(scan(repo).advisories).toHaveLength(1);
    const override = { overrides: [{ paths: ['src/b.ts'], skipRules: ['exposure-browser-client'] }] };
    repo.write('keyguard.config.json', JSON.stringify(override));
    expect(scan(repo, 'src/b.ts')).toMatchObject({ advisories: [], suppressed: [{ by: 'config' }] });
  });
});

describe('a .env file that git tracks', () => {
  it('is advised, one that it does not track is not', () => {
    const repo = tempRepo();
    repo.write('.env', `OPENAI_API_KEY=${VALUE}\nDB_PASS=${VALUE}x\n`);
    expect(scan(repo).advisories).toEqual([]);
    expect(scan(repo, '.env').advisories).toEqual([]);
    repo.git('add', '-f', '.env');
    for (const args of [[], ['.env'], ['--staged']]) {
      expect(told(scan(repo, ...args).advisories)).toEqual(['.env:1:1 exposure-tracked-env-file OPENAI_API_KEY']);
    }
    const [advisory] = scan(repo).advisories;
    expect(advisory?.guidance.steps[0]?.command).toBe('git rm --cached -f -- .env');
  });

  it('of another folder is named in the steps', () => {
    const repo = tempRepo();
    repo.stage('apps/web/.env.production', `SESSION_SECRET=${VALUE}\n`);
    const [advisory] = scan(repo, '--staged').advisories;
    expect(advisory?.guidance.steps.map(({ text, command }) => command ?? text)).toEqual([
      'git rm --cached -f -- apps/web/.env.production',
      'Add the line .env.production to .gitignore.',
      'Commit .env.production.example with the names and no values, so that others know what to set.',
      'What it held is in the history: renew the secrets that were ever pushed.',
    ]);
  });
});

it('keyguard rules lists and shows what has no pattern', () => {
  const repo = tempRepo();
  expect(keyguard(repo.dir, ['rules', 'list']).stdout).toContain('exposure-docker-variable');
  expect(keyguard(repo.dir, ['rules', 'show', 'exposure-docker-variable']).stdout).toContain(
    '--mount=type=secret,id=NAME',
  );
});
