import type { Step } from '../model/finding.ts';
import type { ProviderGuidance } from './guidance-data.ts';
import { isKnown } from './topics.ts';

/** The command that tells more, as a part of a step; nothing where the guide does not know the provider. */
export function guideCommand(provider: ProviderGuidance | null, topic: 'create' | 'revoke'): Pick<Step, 'command'> {
  return provider === null || !isKnown(provider) ? {} : { command: `keyguard guide ${provider.slug} ${topic}` };
}
