import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { root } from '../../tools/template.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

describe('workflow on GitHub', () => {
  const workflow = parse(readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8'));
  const steps: readonly Step[] = workflow.jobs.ci.steps;

  it('runs .ci/run and nothing of its own', () => {
    expect(Object.keys(workflow.jobs)).to.deep.equal(['ci']);
    expect(steps.flatMap(({ run }) => run ?? [])).to.deep.equal(['.ci/run']);
  });

  it('takes every action at a commit that cannot change, and may only read', () => {
    for (const { uses } of steps) if (uses) expect(uses).to.match(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
    expect(workflow.permissions).to.deep.equal({ contents: 'read' });
    expect(workflow.jobs.ci).not.to.have.property('permissions');
  });

  it('gives up in time', () => {
    expect(workflow.jobs.ci['timeout-minutes']).to.be.within(30, 60);
  });
});
