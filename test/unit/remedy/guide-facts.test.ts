import { describe, expect, test } from 'vitest';
import { guideText } from '../../../src/cli/commands/guide.ts';
import { guidance, providers, recordOf, unwrapped } from './guidance.ts';

const openai = (topic: string): string => guideText(['openai', topic], guidance, 80);

describe('how an OpenAI key is made', () => {
  test.each([
    [1, 'Go to platform.openai.com in the browser.'],
    [2, '"Sign up", by e-mail or with a Google or Microsoft account, and finish the e-mail or phone verification.'],
    [2, '"Log in" and enter your credentials'],
    [3, 'The dashboard of the platform opens with the account overview.'],
    [4, 'Create a project: "Start building", in the top right corner.'],
    [5, 'Give the key a descriptive name that says its purpose, then press "Create secret key".'],
    [6, 'Copy it immediately: this is the only time the full key is shown.'],
    [6, 'Store it in a password manager or another secure environment.'],
    [6, 'Never share it publicly, never commit it to version control.'],
    [6, 'If it was exposed by accident: revoke and regenerate.'],
    [7, 'Billing, if required: new users may have free credits ($5 in the guides; perfect for testing and first'],
    [7, 'add a credit card or another payment method in the Billing section, and set usage limits to control costs.'],
    [8, 'Put it to use and test it. In Weam: Settings → Configurations, choose OpenAI as provider, paste the key into'],
    [8, 'its field, save, test the connection. Anywhere else: make a test call'],
  ])('step %i: %s', (number, fact) => {
    const steps = unwrapped(openai('create')).split(/ (?=\d+\. )/u);
    expect(steps.find((step) => step.startsWith(`${number}. `))).toContain(fact);
  });

  test('names the models it is for', () => {
    expect(unwrapped(openai('create'))).toContain('GPT-5, GPT-4 and the other models');
  });

  test.each([
    'Weam Integration',
    'Production Chatbot',
    'Development Testing',
    'Analytics Dashboard',
    'My App Integration',
    'Testing Project',
  ])('%s is a good name, in both topics', (name) => {
    expect(unwrapped(openai('create'))).toContain(name);
    expect(openai('name')).toContain(`- ${name}\n`);
  });
});

describe('what has changed since the guides is said beside them, with its date', () => {
  test.each([
    ['create', 'The direct link is https://platform.openai.com/api-keys'],
    ['create', 'the button now says "Create new secret key"'],
    ['create', 'A key can be given an expiry date: do.'],
    ['create', 'An organization may have switched user keys off: then there is no button, ask an owner.'],
    ['create', 'Projects are created by organization owners.'],
    ['create', 'a service account per application, or workload identity federation, where no key is stored at all'],
    ['billing', 'Sources disagree whether the credit still exists'],
    ['billing', 'Spending limits are no longer under Billing but under Limits of the organization or project'],
    ['limits', 'Spending limits are no longer under Billing but under Limits of the organization or project'],
    ['limits', 'Only a hard limit stops requests: they then answer 429. Alerts stop nothing'],
    ['types', 'Admin keys are managed at https://platform.openai.com/settings/organization/admin-keys'],
    ['types', 'Workspaces also have admin keys of their own in the Admin Console'],
    ['types', 'a key that is not listed in the first place is looked for in the second'],
    ['types', 'Only an organization owner can revoke admin keys.'],
    ['types', 'An application never needs an admin key.'],
    ['types', 'Service-account keys outlive people'],
    ['types', 'Delete the key; deleting the account kills all its keys.'],
    ['types', 'Legacy user keys and sk-None- keys reach everything their owner can: risk high.'],
    ['revoke', 'list new admin keys, service accounts and invitations since the exposure, and read the audit log'],
    ['revoke', 'it exists only if it was switched on before'],
    ['revoke', 'Not an owner? Send one this: "Please revoke the OpenAI admin API key sk-admin-…'],
    ['scenarios', 'Organization usage and costs are read with an admin key (Read only); a project key cannot.'],
    ['scenarios', 'Payment methods are managed in the console only.'],
    ['exposed', 'OpenAI disables keys that it finds in public'],
  ])('%s: %s', (topic, fact) => {
    const notes = openai(topic)
      .split('\n\n')
      .filter((part) => /^Today \(\d{4}-\d{2}-\d{2}\): /u.test(part));
    expect(notes.map(unwrapped).join('\n')).toContain(fact);
  });

  test('the older fact stays beside it', () => {
    expect(unwrapped(openai('limits'))).toContain('Set usage limits to control costs');
    expect(unwrapped(openai('billing'))).toContain('$5 in the guides, perfect for testing and first development');
    expect(unwrapped(openai('billing'))).toContain(
      'add a credit card or another payment method in the Billing section',
    );
  });
});

describe('normal and admin keys, row by row', () => {
  test.each([
    ['primary purpose', "access to OpenAI's AI models (GPT, DALL·E)", 'administer the organization and account'],
    [
      'main uses',
      'generate content, build apps, chat interfaces, interact with models',
      'manage users, billing and organization settings; access audit logs',
    ],
    ['scope', 'project-specific', 'organization-wide'],
    ['who can create it', 'project members with the permission', 'organization owners only'],
    ['access level', 'AI model endpoints', 'admin endpoints and organization-wide actions'],
    ['security risk', 'medium', 'high'],
    ['typical users', 'developers, data scientists, engineers', 'system administrators, organization owners'],
    ['for Weam', 'recommended', 'not needed'],
  ])('%s', (row, normal, admin) => {
    expect(recordOf(openai('types'), row)).toBe(
      `${row} normal API key (project key): ${normal} admin API key: ${admin}`,
    );
  });
});

describe('permission levels, row by row', () => {
  test.each([
    [
      'All',
      'full API access; every model; every endpoint; read, write and delete',
      'production apps, full-feature development, trusted use, Weam integration',
      'high',
      'everything the key allows',
    ],
    [
      'Restricted',
      'limited endpoints, chosen models, custom scope; read, write or none per feature; tailored access',
      'third-party tools, scoped apps, testing, limited use',
      'medium',
      'only the specified operations',
    ],
    [
      'Read only',
      'view only, monitoring only; no modification, no write or delete',
      'analytics, monitoring, audit, dashboards, external reporting tools',
      'low',
      'information retrieval only',
    ],
  ])('%s', (level, rights, bestFor, risk, capabilities) => {
    expect(recordOf(openai('permissions'), level)).toBe(
      `${level} access rights: ${rights} best for: ${bestFor} risk: ${risk} capabilities: ${capabilities}`,
    );
  });

  test('a key does not show its permission', () => {
    expect(unwrapped(openai('permissions'))).toContain(
      'A key does not show its permission offline: a finding says "permission unknown, assume All".',
    );
  });
});

const SCENARIOS = [
  ['building a chatbot app', 'normal', 'All or Restricted', 'requires full model interaction'],
  ['managing organization users', 'admin', 'All', 'needs organization-wide management rights'],
  ['third-party analytics tool', 'normal', 'Read only', 'only pulls usage data'],
  ['development environment', 'normal', 'Restricted', 'limits scope during testing'],
  ['production AI app', 'normal', 'All', 'needs full model access'],
  ['billing management system', 'admin', 'Restricted', 'access to billing only'],
  ['audit and compliance tool', 'admin', 'Read only', 'requires read-only access to logs and usage data'],
] as const;

describe('scenarios, row by row', () => {
  test.each(SCENARIOS)('%s', (name, type, permission, reason) => {
    const record = `${name} key type: ${type} permission: ${permission} reasoning: ${reason}`;
    expect(recordOf(openai('scenarios'), name)).toBe(record);
    expect(recordOf(guideText(['openai', 'scenario', name], guidance, 80), name)).toBe(record);
  });

  test.each(SCENARIOS.flatMap(([name]) => name.split(/[ -]/u).map((word) => [word, name] as const)))(
    'the word "%s" finds "%s", and its note',
    (word, name) => {
      const found = guideText(['openai', 'scenario', word.toUpperCase()], guidance, 80);
      expect(recordOf(found, name)).toContain('reasoning: ');
      expect(unwrapped(found)).toContain('Today (2026-11-26): Organization usage and costs');
    },
  );

  test('a word of one scenario shows that one only, several words the one that has most of them', () => {
    expect(guideText(['openai', 'scenario', 'chatbot'], guidance, 80)).not.toContain('production AI app');
    const both = guideText(['openai', 'scenario', 'app'], guidance, 80);
    expect(both).toContain('building a chatbot app');
    expect(both).toContain('production AI app');
    expect(guideText(['openai', 'scenarios', 'production', 'app'], guidance, 80)).not.toContain('chatbot');
  });
});

describe('principles', () => {
  test.each([
    'Knowing normal from admin keys and giving the right permission level is what maintains security, enables proper functionality, and avoids unintended access or exposure.',
    'Least privilege: grant only the minimum that a user or task needs.',
    'It protects the organization while the apps get the access they need.',
    'Different security for different risk: admin keys are never in application code, CI variables of forks, or notebooks.',
  ])('%s', (fact) => {
    expect(unwrapped(openai('principles'))).toContain(fact);
  });
});

describe('storing and testing, for every provider', () => {
  test.each([
    ['store', 'A password manager'],
    [
      'store',
      "The platform's secret store, for machines: CI secrets, Docker or Kubernetes secrets, cloud secret managers.",
    ],
    ['store', 'A .env that is ignored by git, mode 0600, with .env.example beside it holding names only.'],
    ['store', 'Never in a variable that a bundler publishes (NEXT_PUBLIC_…'],
    ['test', 'an argument of curl is visible in the process list'],
    ['test', 'one-line `node -e` with fetch and process.env'],
  ])('%s: %s', (topic, fact) => {
    for (const { slug } of providers) {
      expect(unwrapped(guideText([slug, topic], guidance, 80))).toContain(fact);
    }
    expect(unwrapped(guideText([topic], guidance, 80))).toContain(fact);
  });

  test.each([
    ['200', 'live'],
    ['"Missing scopes"', 'live but restricted'],
    ['429', 'live, limit or no money'],
    ['401 invalid_api_key', 'dead'],
    ['anything else', 'unknown'],
  ])('the answer %s means %s', (answer, meaning) => {
    const line = openai('test')
      .split('\n')
      .find((one) => one.trim().startsWith(answer));
    expect(line?.trim().slice(answer.length).trim()).toBe(meaning);
  });

  test('an admin key is tried where it answers', () => {
    const text = openai('test');
    expect(unwrapped(text)).toContain("An admin key answers on the organization's admin endpoints, not on /v1/models");
    expect(text).toContain("fetch('https://api.openai.com/v1/organization/admin_api_keys?limit=1'");
  });

  test('Weam: where the key goes', () => {
    const text = unwrapped(openai('weam'));
    for (const fact of [
      'Settings → Configurations',
      'OpenAI as provider',
      'into its field',
      'Save',
      'Test the connection',
    ])
      expect(text).toContain(fact);
  });
});

describe('exposure states, row by row', () => {
  const STATES = [
    [
      'staged',
      'the same value is in no commit reachable from HEAD and the remote-tracking tips, looked up for this finding',
      [
        'take it out of the commit',
        'git rm --cached where there is no HEAD',
        'keyguard guide store',
        'if it ever left this machine – a chat, an agent, a log, a synced folder – revoke it; if unsure, revoke it',
        'Admin, service-account and legacy user keys: revoke in any case',
      ],
    ],
    [
      'committed locally',
      'on no remote-tracking ref',
      [
        'amend or rebase it away before pushing',
        'revoke as above',
        'only then, optional, expire the reflog of that branch and HEAD and prune',
        'become unrecoverable',
        "Never `reflog expire --all`: it drops stashes and everybody's undo",
      ],
    ],
    [
      'pushed, private',
      'on a remote-tracking branch or tag, and the remote is known to be private',
      ['create a new key, deploy, test, revoke the old one, the same day; then history'],
    ],
    [
      'pushed, public or unknown',
      'anything else, and always in CI and server-side hooks (visibility from the event payload where it is there)',
      [
        'revoke now, accept the outage, then regenerate, deploy, test',
        'then usage and billing since the exposure; then history',
        'A provider may disable leaked keys by itself: do not wait for it',
      ],
    ],
    [
      'in a published package',
      'named package and version',
      ['revoke now; npm deprecate; unpublishing is limited in time and mirrors keep copies'],
    ],
    ['unreachable, reflog, stash only', 'on no ref at all', ['as committed locally']],
  ] as const;

  test.each(STATES)('%s', (state, claim, advice) => {
    for (const args of [['openai', 'exposed'], ['anthropic', 'exposed'], ['exposed']]) {
      const record = recordOf(guideText(args, guidance, 80), state);
      expect(record).toContain(`${state} claimed only if: ${claim} advice, in order: ${advice[0]}`);
      const places = advice.map((part) => record.indexOf(part));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places).not.toContain(-1);
    }
  });

  test('doubt counts as exposed, and every state says what it rests on', () => {
    const text = unwrapped(openai('exposed'));
    expect(text).toContain('Doubt counts as exposed.');
    expect(text).toContain('"on no remote-tracking branch as of the fetch of 2026-11-19"');
  });

  test('planned rotation has an order of its own', () => {
    const text = unwrapped(openai('rotation'));
    expect(text).toContain('Planned rotation, never exposed');
    expect(text).toContain('Create, deploy, test, then revoke.');
  });

  test.each([
    'forks',
    'pull-request and merge-request refs',
    'caches',
    'clones',
    'CI logs and artefacts',
    'LFS',
    'package versions',
  ])('rewriting the history does not reach %s', (place) => {
    expect(guideText(['history'], guidance, 80)).toContain(`- ${place}\n`);
    expect(unwrapped(openai('exposed'))).toContain(place);
  });

  test('rewriting never replaces revoking', () => {
    expect(unwrapped(openai('history'))).toContain('Rewriting never replaces revoking.');
    expect(unwrapped(openai('exposed'))).toContain('Rewriting never replaces revoking.');
  });
});
