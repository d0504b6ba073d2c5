import { Command, Option } from 'commander';
import { defaultLake, openLake } from '../../lake/lake.ts';
import type { ResultTable } from '../../query/query-runner.ts';
import { anonymousResults } from '../../report/report.ts';
import { pseudonymKey } from '../lake/pseudonym-key.ts';
import { describeStack } from '../stack/stack.ts';
import { examples } from '../terminal/help-text.ts';
import { untilStopped } from '../terminal/until-stopped.ts';

interface McpCommandOptions {
  readonly lake: string;
  readonly stack?: string;
  readonly names?: true;
}

/** `telegram-lake mcp`: a lake for assistants that speak the Model Context Protocol, over stdin and stdout. */
export function mcpCommand(): Command {
  return new Command('mcp')
    .description(
      'Serve a lake to an assistant, by the Model Context Protocol: saved queries as tools. docs/mcp.md says how to add it.',
    )
    .option('--lake <folder>', 'the lake', defaultLake)
    .addOption(new Option('--stack <name>', 'a deployed stack instead').conflicts('lake'))
    .option('--names', 'real names and all texts, and SQL of its own: the assistant sees what people wrote')
    .addHelpText('after', examples('mcp --lake lake/group'))
    .action(async ({ lake, stack, names }: McpCommandOptions) => {
      // What is wrong is said now, and not at the first question.
      if (stack === undefined) openLake(lake);
      else await describeStack(stack);
      const key = names ? undefined : pseudonymKey();
      const hide = key && ((query: string, result: ResultTable) => anonymousResults(query, result, key));
      const [{ mcpServer }, { StdioServerTransport }] = await Promise.all([
        import('../mcp/mcp-server.ts'),
        import('../mcp/stdio.ts'),
      ]);
      const server = mcpServer({ lake, stack, hide });
      await untilStopped(async (signal) => {
        const closed = new Promise<void>((resolve) => {
          server.onclose = resolve;
        });
        process.stdin.once('end', () => server.close());
        signal.addEventListener('abort', () => server.close());
        await server.connect(new StdioServerTransport());
        await closed;
      });
    });
}
