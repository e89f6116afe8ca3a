import { assert, boolean, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExposureState, Finding, Guidance, LocalCommit } from '../../../src/model/finding.ts';
import { rawPathFromText } from '../../../src/model/fragment.ts';
import { wrap } from '../../../src/report/wrap.ts';
import { adviceFor, commandsOf, findingOf, headWith, placeIn, said, sink, STATES } from './findings.ts';
import { guidance } from './guidance.ts';

const ALL_TYPES = guidance.providers.flatMap(({ keyTypes }) => keyTypes.map(({ ruleId }) => ruleId));
const MATRIX = ALL_TYPES.flatMap((ruleId) => STATES.map((state) => [ruleId, state] as const));

const PROJECT = 'openai-project-key';
const SERVICE = 'openai-service-account-key';
const ADMIN = 'openai-admin-key';
const LEGACY = 'openai-legacy-user-key';

const IF_UNSURE =
  'If it ever left this machine – a chat, an agent, a log, a synced folder – revoke it; if unsure, revoke it.';

/** Nothing in it can mean more to a shell than a word. */
function isSafe(command: string): boolean {
  return /^(?:git|node|keyguard)(?: [A-Za-z0-9_./:=-]+)+$/u.test(command);
}

/** A step without the lines that hold a link and nothing else to read. */
function proseOf(text: string): string {
  const isLink = (line: string): boolean => /: https:\/\/\S+$/u.test(line);
  return text
    .split('\n')
    .filter((line) => !isLink(line))
    .join('\n');
}

/** In a terminal of 80 columns, behind the number of the step. */
function fitsTwoLines(text: string): boolean {
  return wrap(text, 80 - '  1. '.length).length <= 2;
}

function sentencesOf({ steps }: Guidance): string[] {
  return steps.flatMap(({ text }) => text.split(/(?<=[.:;!?]) /u));
}

function linesOf(finding: Finding, state: ExposureState): string[] {
  return said(adviceFor(finding, state)).split('\n').slice(1);
}

/** Where each of these words stands first, by the number of its step. */
function placesOf(words: readonly string[], lines: readonly string[]): number[] {
  return words.map((word) => lines.findIndex((line) => line.includes(word)));
}

describe('every key type in every state', () => {
  test.each(MATRIX)('%s, %s: two to five steps, one sentence above, safe commands, links', (ruleId, state) => {
    const advice = adviceFor(findingOf(ruleId), state);
    expect(advice.steps.length).toBeGreaterThanOrEqual(2);
    expect(advice.steps.length).toBeLessThanOrEqual(5);
    expect(advice.summary).toMatch(/^[^\n]+\.$/u);
    for (const { text } of advice.steps) expect(proseOf(text)).toSatisfy(fitsTwoLines);
    expect(new Set(sentencesOf(advice)).size).toBe(sentencesOf(advice).length);
    expect(said(advice)).not.toMatch(/\{|\}|undefined|null|--all(?![a-z])|--no-verify/u);
    for (const command of commandsOf(advice)) expect(command).toSatisfy(isSafe);
    for (const { url } of advice.steps) expect(url ?? 'https://').toMatch(/^https:\/\//u);
    const pages = guidance.providers
      .flatMap(({ keyTypes }) => keyTypes.filter((type) => type.ruleId === ruleId))
      .flatMap(({ revocation }) => revocation.url ?? []);
    for (const url of pages) expect(said(advice)).toContain(`<${url}>`);
  });

  test.each(MATRIX)(
    '%s, %s: keeps to its rules in a build, before the first commit, and on Windows',
    (ruleId, state) => {
      for (const changes of [{ inCi: true }, { hasHead: false }, { platform: 'win32' }, { branch: null }] as const) {
        const advice = adviceFor(findingOf(ruleId, { location: placeIn('.env') }), state, changes);
        expect(advice.steps.length).toBeLessThanOrEqual(5);
        for (const command of commandsOf(advice)) expect(command).toSatisfy(isSafe);
      }
    },
  );
});

describe('the four OpenAI key types get different steps', () => {
  test.each(STATES)('%s', (state) => {
    const texts = [PROJECT, SERVICE, ADMIN, LEGACY].map((ruleId) => said(adviceFor(findingOf(ruleId), state)));
    expect(new Set(texts).size).toBe(4);
  });

  test('project key: revoked only if it left the machine', () => {
    const lines = linesOf(findingOf(PROJECT), 'staged');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe(`${IF_UNSURE} <https://platform.openai.com/api-keys> $ `);
    expect(linesOf(findingOf(PROJECT), 'pushed')[0]).toContain('Delete the key that ends in wxyz. <https://platform');
  });

  test.each(['staged', 'local', 'unreachable'] as const)(
    'the others: revoked in any case, even if only %s',
    (state) => {
      for (const ruleId of [SERVICE, ADMIN, LEGACY]) {
        const text = said(adviceFor(findingOf(ruleId), state));
        expect(text).toContain('Revoke it in any case.');
        expect(text).not.toContain(IF_UNSURE);
      }
      expect(said(adviceFor(findingOf(PROJECT), state))).toContain(IF_UNSURE);
    },
  );

  test('service-account key: the key is deleted, not the account', () => {
    for (const state of STATES) {
      const text = said(adviceFor(findingOf(SERVICE), state));
      expect(text).toMatch(/Delete the key that ends in wxyz, not the service account: that kills its other keys/u);
      expect(text).toContain('<https://platform.openai.com/settings/organization/api-keys>');
    }
    expect(said(adviceFor(findingOf(ADMIN), 'pushed'))).not.toContain('service account:');
  });

  test('admin key: a text to send to an owner, and what to look for afterwards', () => {
    for (const state of STATES) {
      expect(said(adviceFor(findingOf(ADMIN), state))).toContain(
        'Not an owner? Send one this: "Please revoke the OpenAI admin API key sk-…wxyz today. ' +
          'It was found in src/app.ts, line 12.\nWhere: https://platform.openai.com/settings/organization/admin-keys"',
      );
      expect(said(adviceFor(findingOf(PROJECT), state))).not.toContain('Please revoke');
      expect(said(adviceFor(findingOf(LEGACY), state))).not.toContain('Please revoke');
    }
    for (const state of ['pushed-private', 'pushed', 'published', 'unknown'] as const) {
      const text = said(adviceFor(findingOf(ADMIN), state));
      for (const fact of ['admin keys made since the exposure', 'service accounts', 'invitations', 'audit log'])
        expect(text).toContain(fact);
    }
  });

  test('admin key in code: no application needs one', () => {
    for (const state of STATES) {
      expect(said(adviceFor(findingOf(ADMIN), state)).split('application code never needs an admin key')).toHaveLength(
        2,
      );
    }
    expect(said(adviceFor(findingOf(SERVICE), 'staged'))).not.toContain('never needs an admin key');
  });

  test('legacy user key: only its owner can, and no other of its kind is made', () => {
    const text = said(adviceFor(findingOf(LEGACY), 'pushed'));
    expect(text).toContain('As the account that made it, delete the key that ends in wxyz: nobody else can.');
    expect(text).toContain('Do not make another key of this kind. Make a project key.');
  });
});

describe('the order of steps in each state', () => {
  test.each<[ExposureState, string[]]>([
    ['staged', ['Take the key out of src/app.ts', 'password manager', 'revoke it; if unsure']],
    [
      'local',
      ['Take the key out of src/app.ts', 'before you push', 'revoke it; if unsure', 'Optional, and only after that'],
    ],
    [
      'pushed-private',
      ['First a new key, deployed and tested', 'revoke the old key, the same day', 'Only then the history'],
    ],
    ['pushed', ['Revoke it now, accept the outage', 'Then a new key', 'usage and costs', 'Only then the history']],
    ['published', ['Revoke it now', 'npm deprecate', 'Then a new key']],
    ['unreachable', ['No branch and no tag holds it', 'revoke it; if unsure', 'Optional, and only after that']],
    ['unknown', ['Revoke it now, accept the outage', 'Then a new key', 'usage and costs', 'Only then the history']],
  ])('%s', (state, words) => {
    const places = placesOf(words, linesOf(findingOf(PROJECT), state));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  const OWNER = 'Not an owner? Send one this';

  test.each<[ExposureState, string[]]>([
    ['staged', ['Take the key out of src/app.ts', 'Revoke it in any case', OWNER, 'Then a new key']],
    ['local', ['Take the key out of src/app.ts', 'before you push', 'Revoke it in any case', OWNER, 'Then a new key']],
    [
      'pushed-private',
      ['First a new key', 'revoke the old key, the same day', OWNER, 'audit log', 'Only then the history'],
    ],
    ['pushed', ['Revoke it now, accept the outage', OWNER, 'Then a new key', 'audit log', 'Only then the history']],
    ['published', ['Revoke it now', OWNER, 'npm deprecate', 'Then a new key', 'audit log']],
    ['unreachable', ['No branch and no tag holds it', 'Revoke it in any case', OWNER, 'Then a new key']],
    ['unknown', ['Revoke it now, accept the outage', OWNER, 'Then a new key', 'audit log', 'Only then the history']],
  ])('%s, where it is revoked in any case', (state, words) => {
    const places = placesOf(words, linesOf(findingOf(ADMIN), state));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('a leaked key is not left to the provider', () => {
    expect(said(adviceFor(findingOf(PROJECT), 'pushed'))).toContain(
      'Revoke it now, accept the outage, do not wait for the provider.',
    );
    expect(said(adviceFor(findingOf(PROJECT), 'staged'))).not.toContain('do not wait');
  });

  test.each(['pushed-private', 'pushed', 'unknown'] as const)(
    '%s: what rewriting does not reach is listed',
    (state) => {
      expect(said(adviceFor(findingOf(PROJECT), state))).toContain(
        'forks, pull-request and merge-request refs, caches, clones, CI logs and artefacts, LFS, package versions',
      );
    },
  );

  test('only a key that can be restricted has a permission to assume', () => {
    for (const ruleId of [PROJECT, SERVICE, ADMIN, LEGACY, 'openai-none-user-key', 'openai-named-legacy-key'])
      expect(adviceFor(findingOf(ruleId), 'staged').caveats).toEqual(['permission unknown, assume All']);
    for (const ruleId of ['openai-webhook-secret', 'openai-ephemeral-client-secret', 'anthropic-api-key'])
      expect(adviceFor(findingOf(ruleId), 'staged').caveats).toEqual([]);
  });

  test('the summary says what to do, and what a key does not show', () => {
    expect(adviceFor(findingOf(ADMIN), 'staged').summary).toBe(
      'OpenAI admin API key: take it out before it is committed, and revoke it in any case ' +
        '(permission unknown, assume All).',
    );
    expect(adviceFor(findingOf('anthropic-api-key'), 'pushed').summary).toBe(
      'Anthropic API key: revoke it now, then make a new one and look at its use.',
    );
  });
});

describe('how it is revoked', () => {
  test('the key is named as the console lists it, where its end shows', () => {
    const named = (redacted: string): string =>
      said(adviceFor(findingOf(PROJECT, { redacted: sink.text(redacted) }), 'pushed'));
    expect(named('sk-proj-…AB_9')).toContain('Delete the key that ends in AB_9. <https:');
    expect(named('[OpenAI project API key]')).toContain('Delete the key. <https:');
  });

  test('a link that no page of the provider confirms is marked, a confirmed one is not', () => {
    for (const state of ['staged', 'pushed'] as const) {
      expect(said(adviceFor(findingOf('deepseek-api-key'), state))).toContain(
        'Unconfirmed link, look first: <https://platform.deepseek.com/api_keys>',
      );
      expect(said(adviceFor(findingOf(PROJECT), state))).not.toContain('Unconfirmed');
    }
  });

  test('without a page the guide is named', () => {
    expect(said(adviceFor(findingOf('litellm-key'), 'staged'))).toContain(
      `${IF_UNSURE} <> $ keyguard guide litellm revoke`,
    );
  });

  test.each(STATES)('where there is nothing to revoke nobody is told to: %s', (state) => {
    const text = said(adviceFor(findingOf('openai-ephemeral-client-secret', { risk: 'low' }), state));
    expect(text).toContain('Nothing to revoke: it runs out by itself, after two hours at the latest.');
    expect(text).not.toMatch(/revoke it|accept the outage|the same day/iu);
    expect(text).toContain('there is nothing to revoke');
    expect(said(adviceFor(findingOf('openai-webhook-secret'), state))).toMatch(/revoke it/iu);
  });
});

describe('how it leaves the commit', () => {
  const staged = (path: string, changes: object = {}): string[] =>
    commandsOf(adviceFor(findingOf(PROJECT, { location: placeIn(path) }), 'staged', changes));

  test('out of the file itself, then staged again', () => {
    expect(staged('src/app.ts')).toEqual(['git add -- src/app.ts']);
    expect(said(adviceFor(findingOf(PROJECT), 'staged'))).not.toContain('git restore');
  });

  test('a file of values leaves the commit whole, its example does not', () => {
    expect(staged('.env')).toEqual(['git rm --cached -f -- .env']);
    expect(staged('app/.env.local')).toEqual(['git rm --cached -f -- app/.env.local']);
    expect(staged('app/.env.example')).toEqual(['git add -- app/.env.example']);
  });

  test('of a file of values the line for .gitignore is named, and what its deletion does to others', () => {
    const advice = (path: string, changedFiles: readonly string[] = []): string =>
      said(
        adviceFor(findingOf(PROJECT, { location: placeIn(path) }), 'staged', {
          changedFiles: changedFiles.map((changed) => sink.path(rawPathFromText(changed))),
        }),
      );
    expect(advice('app/.env.local')).toContain('add the line .env.local to .gitignore. It stays on disk. <');
    expect(advice('a b/.env')).toContain('add the line with its name to .gitignore');
    expect(advice('.env', ['.env'])).toContain(
      'HEAD has it, so this commit deletes it for everybody who pulls: tell them to copy it first.',
    );
    expect(advice('.env', ['app/.env'])).not.toContain('everybody');
  });

  test('before the first commit there is nothing to restore from', () => {
    expect(staged('src/app.ts', { hasHead: false })).toEqual([
      'git rm --cached -f -- src/app.ts',
      'git add -- src/app.ts',
    ]);
    const [either, or] = adviceFor(findingOf(PROJECT), 'staged', { hasHead: false }).steps;
    expect(either?.text).toBe('Either take src/app.ts out of the commit; it stays on disk.');
    expect(or?.text).toMatch(/^Or take the key out of src\/app\.ts and read OPENAI_API_KEY; /u);
  });

  test('below the top of the repository the path still counts from the top', () => {
    expect(staged('src/app.ts', { atTop: false })).toEqual(['git add -- :/src/app.ts']);
  });

  test('nothing is typed into a build, or for a text that is in no file of git', () => {
    expect(staged('src/app.ts', { inCi: true })).toEqual([]);
    expect(staged('src/app.ts', { scope: 'stdin' })).toEqual([]);
    expect(staged('src/app.ts', { scope: 'tree' })).toEqual([]);
  });

  test.each([
    ['path', 'Give the file a name without the key'],
    ['message', 'Write the message again without the key.'],
    ['author', 'Take the key out of the place shown above.'],
  ] as const)('a key in a %s', (kind, words) => {
    for (const state of ['staged', 'local'] as const) {
      const advice = adviceFor(findingOf(ADMIN, { location: placeIn(null, kind) }), state);
      expect(advice.steps[0]?.text).toContain(words);
      expect(said(advice)).toContain(`It was found in the ${kind} of a commit.`);
    }
  });

  test('out of the commit that nobody has yet', () => {
    const local = (path: string): string[] =>
      commandsOf(adviceFor(findingOf(PROJECT, { location: placeIn(path) }), 'local', { scope: 'tree', branch: null }));
    expect(local('src/app.ts')[0]).toBe('git commit --amend --no-edit --allow-empty -- src/app.ts');
    expect(local('.env').slice(0, 2)).toEqual([
      'git rm --cached -f -- .env',
      'git commit --amend --no-edit --allow-empty',
    ]);
  });

  test('what is staged beside a commit with the same key leaves both', () => {
    const text = said(adviceFor(findingOf(PROJECT), 'local'));
    expect(text).toContain('git add -- src/app.ts');
    expect(text).toContain('HEAD holds it in src/app.ts, too: take it out and amend before you push.');
    expect(said(adviceFor(findingOf(PROJECT), 'unreachable'))).toContain('git add -- src/app.ts');
    expect(said(adviceFor(findingOf(PROJECT), 'unreachable', { scope: 'history' }))).not.toContain('git add');
  });

  test('an older commit is rebased, and a commit that is not known is not amended', () => {
    const at = (path: string) => sink.path(rawPathFromText(path));
    const old: LocalCommit = { ...headWith(at('src/app.ts')), isHead: false };
    const root: LocalCommit = { ...old, id: 'c'.repeat(40), parent: null };
    const local = (
      commits: readonly LocalCommit[] | null,
      path = 'src/app.ts',
      changes: object = { scope: 'tree' },
    ): Guidance => adviceFor(findingOf(PROJECT, { location: placeIn(path) }), 'local', changes, commits);

    expect(commandsOf(local([old]))[0]).toBe('git rebase -i 0f1e2d3c0f1e');
    expect(commandsOf(local([root, old, headWith(at('b'))]))[0]).toBe('git rebase -i --root');
    expect(commandsOf(local([{ ...old, hasMerge: true }]))[0]).toBe('git rebase -i --rebase-merges 0f1e2d3c0f1e');
    expect(commandsOf(local([old], 'src/app.ts', { scope: 'tree', inCi: true }))).toEqual([]);
    expect(commandsOf(local(null, 'src/app.ts', { scope: 'tree', inCi: true }))).toEqual([]);
    const both = said(local([old, headWith(at('b'))]));
    expect(both).toContain('commit 1a2b3c4d1a2b, 1a2b3c4d1a2b (src/app.ts, b).');
    expect(both).not.toContain('git commit --amend --no-edit');
    expect(said(local([old], '.env'))).toContain('Keep .env out of git: add the line .env to .gitignore');
    expect(said(local([{ ...old, paths: [at('.env')] }], '.env'))).toContain('git rm --cached -f the file');
    expect(said(local([old], '.env'))).not.toContain('git rm --cached -f the file');
    expect(said(local([old], 'b.ts', { scope: 'staged' }))).toMatch(/git add -- b\.ts\n.*Once this commit is made: /u);
    expect(said(local([old, old, old, old, old]))).toContain(', 1a2b3c4d1a2b, and 2 more (');
    expect(commandsOf(local(null)).filter((command) => !command.startsWith('git reflog'))).toEqual([
      'git log --oneline HEAD --not --remotes',
    ]);
  });

  test('a committed place that is not the one of the finding is named, too', () => {
    const at = (path: string) => sink.path(rawPathFromText(path));
    const local = (path: string, ...committed: readonly string[]): Guidance =>
      adviceFor(findingOf(PROJECT, { location: placeIn(path) }), 'local', { scope: 'tree' }, [
        headWith(...committed.map(at)),
      ]);
    expect(commandsOf(local('untracked.txt', 'src/app.ts'))[0]).toBe(
      'git commit --amend --no-edit --allow-empty -- src/app.ts',
    );
    expect(said(local('untracked.txt', 'src/app.ts'))).toContain('HEAD holds it in src/app.ts, too');
    expect(commandsOf(local('a.ts', 'a.ts', 'b.ts'))[0]).toBe(
      'git commit --amend --no-edit --allow-empty -- a.ts b.ts',
    );
    expect(said(local('a.ts', 'b $(id).ts'))).toContain('in files that git show --stat names');
    expect(commandsOf(local('.env', '.env', 'b.ts')).slice(0, 3)).toEqual([
      'git rm --cached -f -- .env',
      'git commit --amend --no-edit --allow-empty',
      'git commit --amend --no-edit --allow-empty -- b.ts',
    ]);
  });

  test('the warning about admin keys is said once', () => {
    const text = said(adviceFor(findingOf(ADMIN), 'staged', { hasHead: false }));
    expect(text.split('application code never needs an admin key')).toHaveLength(2);
  });

  test('the reflog of this branch and HEAD only', () => {
    const local = (branch: string | null): string[] => commandsOf(adviceFor(findingOf(PROJECT), 'local', { branch }));
    expect(local('main')).toContain('git reflog expire --expire=now HEAD main');
    expect(local(null)).toContain('git reflog expire --expire=now HEAD');
    expect(local('$(id)')).toContain('git reflog expire --expire=now HEAD');
    expect(local('--all')).toContain('git reflog expire --expire=now HEAD');
  });
});

describe('a path never becomes more than a word of a command', () => {
  test.each([
    'a b.ts',
    '$(id).ts',
    'a;b',
    'a`b`',
    "it's",
    'a"b',
    'a&b',
    'a|b',
    'grün.ts',
    'a\nb',
    '%PATH%',
    'a\\b',
    '*',
    '~x',
  ])('%j is not written into any', (path) => {
    for (const state of STATES) {
      const advice = adviceFor(findingOf(PROJECT, { location: placeIn(path) }), state);
      for (const command of commandsOf(advice)) {
        expect(command).toSatisfy(isSafe);
        expect(command).not.toMatch(/^git (?:add|rm|commit)/u);
      }
      expect(advice.steps.map(({ text }) => text).join('\n')).not.toContain(path);
    }
    const text = said(adviceFor(findingOf(PROJECT, { location: placeIn(path) }), 'staged'));
    expect(text).toContain('Take the key out of the file shown above');
    expect(text).toContain('type git add -- and the path yourself');
  });

  test.each(['-rf', '--cached', '-/x'])('%s stands behind --', (path) => {
    expect(commandsOf(adviceFor(findingOf(PROJECT, { location: placeIn(path) }), 'staged'))).toEqual([
      `git add -- ${path}`,
    ]);
  });

  test('whatever the path and the branch are', () => {
    assert(
      property(string(), string(), constantFrom(...STATES), boolean(), (path, branch, state, atTop) => {
        const advice = adviceFor(findingOf(ADMIN, { location: placeIn(path) }), state, { branch, atTop });
        for (const command of commandsOf(advice)) expect(command).toSatisfy(isSafe);
      }),
    );
  });
});

describe('a key that may belong to several', () => {
  const candidate = (ruleId: string): Finding['candidates'][number] => ({ ruleId, provider: '', keyType: '' });
  const between = (...ruleIds: string[]): Finding =>
    findingOf('unknown-sk-key', { candidates: ruleIds.map(candidate) });

  test('names each provider with its console', () => {
    const advice = adviceFor(between('deepseek-api-key', 'moonshot-api-key'), 'staged');
    expect(advice.summary).toBe(
      'API key of an unknown provider: find out whose it is, take it out before it is committed, and revoke it if it ever left this machine.',
    );
    expect(said(advice)).toContain(
      'Look for sk-…wxyz at:\nDeepSeek: https://platform.deepseek.com/api_keys\n' +
        'Moonshot AI (Kimi): https://platform.moonshot.ai/console/api-keys',
    );
  });

  test('names the provider of its own rule, too, and each only once', () => {
    const finding = findingOf('deepseek-api-key', {
      candidates: [candidate('anthropic-api-key'), candidate('deepseek-api-key')],
    });
    expect(said(adviceFor(finding, 'pushed'))).toMatch(/at:\nDeepSeek: \S+\nAnthropic: \S+ </u);
  });

  test('names no more than four', () => {
    const many = between(
      'deepseek-api-key',
      'anthropic-api-key',
      'openrouter-api-key',
      'groq-api-key',
      'moonshot-api-key',
    );
    const text = said(adviceFor(many, 'pushed'));
    expect(text).toMatch(/(?:\n[^\n:]+: https:\S+){4}\nor another provider/u);
    expect(text).not.toContain('moonshot');
  });

  test('is revoked in any case if any of them is', () => {
    expect(said(adviceFor(between('openai-admin-key', 'deepseek-api-key'), 'staged'))).toContain(
      'Revoke it in any case.',
    );
    expect(said(adviceFor(between('deepseek-api-key'), 'staged'))).not.toContain('Revoke it in any case.');
  });

  test.each(STATES)('has two to five steps when %s', (state) => {
    const { steps } = adviceFor(between('deepseek-api-key', 'moonshot-api-key'), state);
    expect(steps.length).toBeGreaterThanOrEqual(2);
    expect(steps.length).toBeLessThanOrEqual(5);
  });
});

describe('a damaged key', () => {
  test.each([
    ['cut-short', 'looks cut short'],
    ['over-long', 'longer than such keys are'],
    ['uneven', 'a part of it seems changed'],
  ] as const)('%s is treated as the key', (damage, words) => {
    const advice = adviceFor(findingOf(PROJECT, { damage }), 'staged');
    expect(advice.summary).toContain(`OpenAI project API key (${words}): take it out`);
    const whole = 'treat it as the whole key, which the history of src/app.ts may hold';
    expect(advice.caveats).toContain(whole);
    expect(advice.summary).toContain(whole);
    expect(said(adviceFor(findingOf(PROJECT), 'staged'))).not.toContain(words);
    expect(said(adviceFor(findingOf(PROJECT, { damage }), 'pushed'))).toContain('Delete the key. <https:');
  });
});

test('a rule of the user’s own gets the steps of its state, without a page', () => {
  const advice = adviceFor(findingOf('my-own-rule'), 'pushed');
  expect(advice.summary).toBe('Some key: revoke it now, then make a new one and look at its use.');
  expect(said(advice)).toContain('keyguard knows no page for it.');
  expect(said(advice)).toContain('Give it the least permission that is enough.');
});
