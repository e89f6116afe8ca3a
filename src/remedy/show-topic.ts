import type { Topic, TopicBlock } from './guidance-data.ts';
import { layTable, wrap } from './layout.ts';

/** A topic as a person reads it, ended by where it comes from. No line is wider than `width`, but URLs and commands. */
export function showTopic(heading: string, topic: Topic, width: number): string {
  const parts = topic.blocks.map((block) => showBlock(block, width).join('\n'));
  return `${[wrap(heading, width).join('\n'), ...parts, showSources(topic, width)].join('\n\n')}\n`;
}

function showBlock(block: TopicBlock, width: number): string[] {
  switch (block.kind) {
    case 'text':
      return wrap(block.text, width);
    case 'today':
      return wrap(`Today (${block.asOf}): ${block.text}`, width, '', '  ');
    case 'command':
      return [`  ${block.command}`];
    case 'steps':
      return block.steps.flatMap((step, i) => wrap(step, width, `${String(i + 1).padStart(2)}. `, '    '));
    case 'list':
      return block.steps.flatMap((step) => wrap(step, width, '  - ', '    '));
    case 'table':
      return layTable(block.columns, block.rows, width);
  }
}

function showSources(topic: Topic, width: number): string {
  const sources = new Set(topic.blocks.map(({ source, asOf }) => (asOf === '2025' ? source : `${source} (${asOf})`)));
  return ['From:', ...[...sources].flatMap((source) => wrap(source, width, '  ', '    '))].join('\n');
}
