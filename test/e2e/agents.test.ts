import { describe, expect, it } from 'vitest';
import { fakeKey } from '../helpers/keys.ts';
import { tempDir, tempRepo, type TestRepo } from '../helpers/repo.ts';
import { keyguard, type RunResult } from '../helpers/run.ts';

type Agent = 'claude' | 'codex' | 'cursor';

const KEY = fakeKey('openaiProject');
const TITLE = 'OpenAI project API key';

/** What an agent gives every hook, as its documentation shows it. */
const COMMON: Readonly<Record<Agent, object>> = {
  claude: {
    session_id: 'abc123',
    transcript_path: '/home/ada/.claude/projects/x/00893aaf.jsonl',
    permission_mode: 'default',
  },
  codex: {
    session_id: 'abc123',
    transcript_path: null,
    model: 'gpt-5.5-codex',
    permission_mode: 'default',
    turn_id: '1',
  },
  cursor: {
    conversation_id: '5b0d6c1e',
    generation_id: 'f2a9c0d4',
    model: 'composer-2.5',
    cursor_version: '2026.09.18-9a7762b',
    workspace_roots: ['/home/ada/project'],
    user_email: 'ada@example.com',
    transcript_path: null,
  },
};

/** Runs the guard as the agent would. */
function tell(agent: Agent, dir: string, name: string, event: object): RunResult {
  const input = JSON.stringify({ ...COMMON[agent], cwd: dir, hook_event_name: name, ...event });
  const env = { CLAUDE_PROJECT_DIR: dir, CURSOR_PROJECT_DIR: dir };
  const result = keyguard(dir, ['hook', `agent-${agent}`], { input, env });
  expect(`${result.stdout}${result.stderr}`).not.toContain(KEY.slice(12, -8));
  return result;
}

/** What it answered; exit 0 and silence on standard error are part of the protocol. */
function answerTo(agent: Agent, dir: string, name: string, event: object): unknown {
  const { code, stdout, stderr } = tell(agent, dir, name, event);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout === '' ? null : JSON.parse(stdout);
}

const deny = (reason: unknown): object => ({
  hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason },
});
const says = (...words: readonly string[]): unknown => expect.stringMatching(new RegExp(words.join('[^]*'), 'u'));

describe('Claude Code', () => {
  it('is told no before a command that skips the check, in its own words, and nothing before another', () => {
    const { dir } = tempRepo();
    const bash = (command: string): unknown =>
      answerTo('claude', dir, 'PreToolUse', {
        tool_name: 'Bash',
        tool_input: { command, description: 'commit', timeout: 120000 },
        tool_use_id: 'toolu_01',
      });
    expect(bash('git commit -nm x')).toEqual(deny(says('^keyguard: stopped: "git commit"', 'Go on without that')));
    expect(bash('git commit -m "-n"')).toBeNull();
  });

  it('does not send a prompt with a key', () => {
    const { dir } = tempRepo();
    const prompt = (text: string): unknown => answerTo('claude', dir, 'UserPromptSubmit', { prompt: text });
    expect(prompt(`Use this:\n${KEY}`)).toEqual({
      decision: 'block',
      reason: says(`^keyguard: stopped: ${TITLE} in the prompt, line 2\\.`, 'It was not sent'),
    });
    expect(prompt('Use OPENAI_API_KEY')).toBeNull();
  });

  it('writes no key, and may take one out', () => {
    const { dir } = tempRepo();
    const file = `${dir}/src/app.ts`;
    const write = (content: string): unknown =>
      answerTo('claude', dir, 'PreToolUse', { tool_name: 'Write', tool_input: { file_path: file, content } });
    const edit = (before: string, after: string): unknown =>
      answerTo('claude', dir, 'PreToolUse', {
        tool_name: 'Edit',
        tool_input: { file_path: file, old_string: before, new_string: after, replace_all: false },
      });
    expect(write(`a\nb = '${KEY}'`)).toEqual(deny(says(`${TITLE} in what the tool is given, line 2 of content`)));
    expect(write('a\nb = process.env.OPENAI_API_KEY')).toBeNull();
    expect(edit('x', KEY)).toEqual(deny(says(`${TITLE} in what the tool is given, line 1 of new_string`)));
    expect(edit(KEY, 'x')).toBeNull();
  });

  it('sees a result without its key, in the shape of the tool', () => {
    const { dir } = tempRepo();
    const result = (response: unknown): unknown =>
      answerTo('claude', dir, 'PostToolUse', { tool_name: 'Bash', tool_input: {}, tool_response: response });
    const [clean] = [{ stdout: 'a\n', stderr: '', interrupted: false, isImage: false }];
    expect(result(clean)).toBeNull();
    expect(result({ ...clean, stdout: `A=1\nB=${KEY}\nC=3` })).toEqual({
      systemMessage: says(`${TITLE} in what the tool returned, line 2 of stdout`),
      hookSpecificOutput: {
        hookEventName: 'PostToolUse',
        additionalContext: says(TITLE),
        updatedToolOutput: { ...clean, stdout: `A=1\nB=[${TITLE}, taken out by keyguard]\nC=3` },
      },
    });
    const encoded = Buffer.from(KEY).toString('base64');
    expect(result({ type: 'text', file: { content: `x ${encoded} y` } })).toMatchObject({
      hookSpecificOutput: {
        updatedToolOutput: { type: 'text', file: { content: `x [${TITLE}, taken out by keyguard] y` } },
      },
    });
    // The name of a member cannot be changed: the turn ends.
    expect(result({ [KEY]: 1 })).toEqual({ continue: false, stopReason: says(TITLE) });
  });

  it('may not write the files that belong to the check', () => {
    const repo = tempRepo();
    repo.git('config', 'core.hooksPath', '.githooks');
    const write = (path: string): unknown =>
      answerTo('claude', repo.dir, 'PreToolUse', { tool_name: 'Write', tool_input: { file_path: path, content: 'x' } });
    for (const path of [
      '.git/hooks/pre-commit',
      '.githooks/pre-commit',
      'keyguard.config.json',
      '.claude/settings.json',
    ])
      expect(write(`${repo.dir}/${path}`)).toEqual(deny(says(path.replaceAll('.', '\\.'), 'belongs to the check')));
    expect(write(`${repo.dir}/src/hooks/pre-commit`)).toBeNull();
  });
});

describe('Codex', () => {
  it('is told no before a command and a patch, in its own words', () => {
    const { dir } = tempRepo();
    const call = (tool: string, command: string): unknown =>
      answerTo('codex', dir, 'PreToolUse', { tool_name: tool, tool_input: { command }, tool_use_id: 'call_1' });
    expect(call('Bash', `bash -lc 'git commit --no-verify'`)).toEqual(deny(says('"git commit"')));
    expect(call('Bash', `bash -lc 'git commit'`)).toBeNull();
    const patch = (...lines: readonly string[]): string => ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');
    expect(call('apply_patch', patch('*** Delete File: .husky/pre-commit'))).toEqual(deny(says('\\.husky/pre-commit')));
    expect(call('apply_patch', patch('*** Update File: a.ts', '@@', `+k = "${KEY}"`))).toEqual(deny(says(TITLE)));
    expect(call('apply_patch', patch('*** Update File: a.ts', '@@', `-k = "${KEY}"`, '+k = env.K'))).toBeNull();
  });

  it('does not send a prompt with a key, and gets the rest of a result', () => {
    const { dir } = tempRepo();
    expect(answerTo('codex', dir, 'UserPromptSubmit', { prompt: KEY })).toEqual({
      decision: 'block',
      reason: says(`${TITLE} in the prompt, line 1`),
    });
    const result = (response: unknown): unknown =>
      answerTo('codex', dir, 'PostToolUse', { tool_name: 'Bash', tool_input: {}, tool_response: response });
    expect(result(`A=1\nB=${KEY}\n`)).toEqual({
      decision: 'block',
      reason: says(TITLE, `\nA=1\nB=\\[${TITLE}, taken out by keyguard\\]\n$`),
    });
    expect(result('A=1\n')).toBeNull();
  });
});

describe('Cursor', () => {
  it('is told no in its own words, and otherwise nothing that spares the user a question', () => {
    const { dir } = tempRepo();
    const shell = (command: string): unknown => answerTo('cursor', dir, 'beforeShellExecution', { command });
    const no = {
      permission: 'deny',
      user_message: says('keyguard: stopped'),
      agent_message: says('keyguard: stopped'),
    };
    expect(shell('HUSKY=0 git commit')).toEqual(no);
    expect(shell('git commit')).toEqual({});
    const read = (content: string): unknown =>
      answerTo('cursor', dir, 'beforeReadFile', { file_path: `${dir}/a`, content, attachments: [] });
    expect(read(`x\n${KEY}`)).toEqual(no);
    expect(read('x')).toEqual({});
    const write = (content: string): unknown =>
      answerTo('cursor', dir, 'preToolUse', { tool_name: 'Write', tool_input: { file_path: `${dir}/a`, content } });
    expect(write(KEY)).toEqual(no);
    expect(write('x')).toEqual({});
    const mcp = (query: string): unknown =>
      answerTo('cursor', dir, 'beforeMCPExecution', { tool_name: 'query', tool_input: JSON.stringify({ query }) });
    expect(mcp(KEY)).toEqual(no);
    expect(mcp('x')).toEqual({});
  });

  it('does not send a prompt with a key, and gets what an MCP tool returned without it', () => {
    const { dir } = tempRepo();
    const prompt = (text: string): unknown =>
      answerTo('cursor', dir, 'beforeSubmitPrompt', { prompt: text, attachments: [] });
    expect(prompt(KEY)).toEqual({ continue: false, user_message: says(`${TITLE} in the prompt`) });
    expect(prompt('x')).toEqual({});
    const output = { content: [{ type: 'text', text: `k: ${KEY}` }] };
    expect(
      answerTo('cursor', dir, 'postToolUse', {
        tool_name: 'MCP:query',
        tool_input: {},
        tool_output: JSON.stringify(output),
      }),
    ).toEqual({
      updated_mcp_tool_output: { content: [{ type: 'text', text: `k: [${TITLE}, taken out by keyguard]` }] },
      additional_context: says(TITLE),
    });
  });

  it('is answered as Cursor where it runs the guard of Claude Code', () => {
    const { dir } = tempRepo();
    const input = JSON.stringify({ ...COMMON.cursor, hook_event_name: 'beforeSubmitPrompt', prompt: KEY });
    const { stdout } = keyguard(dir, ['hook', 'agent-claude'], { input });
    expect(JSON.parse(stdout)).toMatchObject({ continue: false });
  });
});

describe('policy', () => {
  const prompt = { prompt: `x ${KEY}` };
  const isStopped = (repo: TestRepo): boolean => answerTo('claude', repo.dir, 'UserPromptSubmit', prompt) !== null;
  const config = '{ "skipRules": ["openai-project-key"] }';

  it('is that of HEAD, and silences only while the working tree says the same', () => {
    const repo = tempRepo();
    repo.commit('a.txt', 'a\n');
    expect(isStopped(repo)).toBe(true);
    repo.write('keyguard.config.json', config);
    expect(isStopped(repo)).toBe(true);
    repo.git('add', '.');
    expect(isStopped(repo)).toBe(true);
    repo.git('commit', '-qm', 'config');
    expect(isStopped(repo)).toBe(false);
    repo.write('.keyguardignore', 'x\n');
    expect(isStopped(repo)).toBe(true);
  });

  it('lets a key pass that HEAD has accepted', () => {
    const repo = tempRepo();
    repo.commit('a.txt', `${KEY}\n`);
    const fingerprint = /keyguard allow (?<id>[0-9a-f]{16})/u.exec(
      tell('claude', repo.dir, 'UserPromptSubmit', prompt).stdout,
    )?.groups?.['id'];
    expect(keyguard(repo.dir, ['allow', fingerprint ?? '', '--reason', 'a test server']).code).toBe(0);
    expect(isStopped(repo)).toBe(true);
    repo.git('add', '.');
    repo.git('commit', '-qm', 'accept');
    expect(isStopped(repo)).toBe(false);
  });

  it('is not what an agent writes beside a key', () => {
    const repo = tempRepo();
    const content = `k = '${KEY}' // keyguard:allow openai-project-key -- a test`;
    const event = { tool_name: 'Write', tool_input: { file_path: `${repo.dir}/a.ts`, content } };
    expect(answerTo('claude', repo.dir, 'PreToolUse', event)).toEqual(deny(says(TITLE)));
  });

  it('is not needed outside of a repository', () => {
    expect(answerTo('claude', tempDir(), 'UserPromptSubmit', prompt)).toMatchObject({ decision: 'block' });
  });
});

it('the values of .env go nowhere', () => {
  const repo = tempRepo();
  const value = fakeKey('hex32', 9).slice(3);
  repo.write('.env', `ACME_TOKEN=${value}\n`);
  const result = (stdout: string): unknown =>
    answerTo('claude', repo.dir, 'PostToolUse', { tool_name: 'Bash', tool_input: {}, tool_response: { stdout } });
  expect(JSON.stringify(result(`it is ${value}`))).not.toContain(value);
  expect(result(`it is ${value}`)).toMatchObject({ hookSpecificOutput: { hookEventName: 'PostToolUse' } });
  expect(result('it is nothing')).toBeNull();
});

describe('trouble is a no with its reason', () => {
  it.each([
    ['no JSON', 'x', /cannot be read \(it is no JSON object\)/u],
    ['no object', '[]', /cannot be read \(it is no JSON object\)/u],
    ['no name', '{}', /"hook_event_name" is missing/u],
    [
      'an event that nobody knows',
      '{"hook_event_name":"PreTooluse"}',
      /the event "PreTooluse", which this keyguard does not know/u,
    ],
    ['no prompt', '{"hook_event_name":"UserPromptSubmit"}', /"prompt" is missing/u],
    [
      'a prompt of another kind',
      '{"hook_event_name":"UserPromptSubmit","prompt":1}',
      /"prompt" is missing or no text/u,
    ],
    ['no input', '{"hook_event_name":"PreToolUse","tool_name":"Bash"}', /"tool_input" is missing/u],
  ])('%s', (_, input, message) => {
    const { code, stdout, stderr } = keyguard(tempDir(), ['hook', 'agent-claude'], { input });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('an event by which nothing leaves passes', () => {
    expect(answerTo('claude', tempDir(), 'Stop', {})).toBeNull();
    expect(answerTo('codex', tempDir(), 'SessionStart', {})).toBeNull();
    expect(answerTo('cursor', tempDir(), 'afterFileEdit', {})).toEqual({});
  });

  it('a policy that cannot be read stops what it should decide on', () => {
    const repo = tempRepo();
    repo.commit('keyguard.config.json', '{ "skipRulez": [] }');
    expect(answerTo('claude', repo.dir, 'UserPromptSubmit', { prompt: 'x' })).toEqual({
      decision: 'block',
      reason: says('^keyguard: stopped: keyguard\\.config\\.json:1:3: unknown key'),
    });
  });

  it('a name that is no guard', () => {
    expect(keyguard(tempDir(), ['hook', 'agent-claud']).stderr).toMatch(/did you mean "agent-claude"\?/u);
  });
});
