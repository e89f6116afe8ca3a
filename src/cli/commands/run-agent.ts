import { type AgentName, AGENTS } from '../../agents/agent.ts';
import { installAgents } from '../../agents/install-agent.ts';
import { uninstallAgents } from '../../agents/uninstall-agent.ts';
import { KeyguardError } from '../../errors.ts';
import type { Io } from '../io.ts';
import type { Given } from '../parse.ts';
import { installAgentText, uninstallAgentText } from './install-agent.ts';

/** `keyguard install --agent NAME`, and what it says. */
export async function installAgent(given: Given, io: Io): Promise<string> {
  if (given.has('if-missing')) {
    throw new KeyguardError(
      'usage',
      '--if-missing says nothing with --agent: without keyguard an agent is always stopped.',
    );
  }
  const dryRun = given.has('dry-run');
  const changes = await installAgents(io.host, agentsOf(given), { dryRun, keyguardBin: io.bin });
  return installAgentText(changes, dryRun, io);
}

export async function uninstallAgent(given: Given, io: Io): Promise<string> {
  const dryRun = given.has('dry-run');
  return uninstallAgentText(await uninstallAgents(io.host, agentsOf(given), { dryRun }), dryRun, io);
}

function agentsOf(given: Given): readonly AgentName[] {
  const names = given.get('agent') ?? [];
  return AGENTS.filter((agent) => names.includes(agent));
}
