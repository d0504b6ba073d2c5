import type { Command } from 'commander';
import { createProgram } from '../src/cli/command-line.ts';

/** What each command prints with `--help`, in Markdown: the program itself first, subcommands below their command. */
export function commandHelp(): string {
  let written = '';
  const program = createProgram({
    writeOut: (text) => {
      written += text;
    },
    getOutHelpWidth: () => 100,
    getOutHasColors: () => false,
  });
  const sections: string[] = [];
  const describe = (command: Command, name: string) => {
    written = '';
    command.outputHelp();
    sections.push(`### ${name}\n\n\`\`\`text\n${written.trimEnd()}\n\`\`\``);
    for (const subcommand of command.commands) describe(subcommand, `${name} ${subcommand.name()}`);
  };
  describe(program, program.name());
  return sections.join('\n\n');
}
