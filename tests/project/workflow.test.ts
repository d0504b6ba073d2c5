import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { root } from '../../tools/template.ts';

interface Job {
  readonly 'timeout-minutes': number;
  readonly permissions?: unknown;
  readonly strategy?: { readonly matrix: { readonly part: readonly string[] } };
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('workflow on GitHub', () => {
  const workflow = parse(read('.github/workflows/ci.yml'));
  const jobs: readonly Job[] = Object.values(workflow.jobs);

  it('runs every part of .ci/run in a job of its own, and no command besides', () => {
    const [, parts = ''] = /^all_parts=\((.*)\)$/m.exec(read('.ci/run')) ?? [];
    const run = jobs.flatMap(({ steps, strategy }) =>
      steps.flatMap(({ run }) =>
        (strategy?.matrix.part ?? ['']).flatMap(
          (part) => run?.replace(/\$\{\{ matrix.part \}\}/, part) ?? [],
        ),
      ),
    );
    expect(run).to.have.members(parts.split(' ').map((part) => `.ci/run ${part}`));
  });

  it('uses every action at a commit that cannot change, and may only read', () => {
    for (const { steps, permissions } of jobs) {
      for (const { uses } of steps) if (uses) expect(uses).to.match(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
      expect(permissions).to.equal(undefined);
    }
    expect(workflow.permissions).to.deep.equal({ contents: 'read' });
  });

  it('stops a job that hangs within half an hour', () => {
    for (const job of jobs) expect(job['timeout-minutes']).to.be.within(10, 30);
  });
});

describe('Dependabot', () => {
  it('updates npm packages and actions, each in groups', () => {
    const { updates } = parse(read('.github/dependabot.yml'));
    expect(updates.map((update: Record<string, unknown>) => update['package-ecosystem'])).to.deep.equal([
      'npm',
      'github-actions',
    ]);
    for (const update of updates) expect(update.groups).to.be.an('object').that.is.not.empty;
  });
});
