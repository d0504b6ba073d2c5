import { expect } from 'chai';
import { columnChart, sparkline } from '../../../src/report/terminal/column-chart.ts';

describe('columnChart', () => {
  it('draws columns in eighths of a line, the highest value beside the top', () => {
    const columns = [{ value: 1_600 }, { value: 0 }, { value: 800 }, { value: 900 }, { value: 400 }];
    expect(columnChart(columns, 2)).to.deep.equal(['1,600 █     ▁', '    0 █   █ █ ▄']);
  });

  it('shows little as more than nothing', () => {
    expect(columnChart([{ value: 10_000 }, { value: 1 }, { value: 0 }], 1)).to.deep.equal(['10,000 █ ▁']);
  });

  it('writes labels below their columns, as far as there is room', () => {
    const columns = ['2 Nov', '', 'no room', '', '16 Nov'].map((label) => ({ value: 1, label }));
    expect(columnChart(columns, 1).at(-1)).to.equal('  2 Nov   16 Nov');
  });

  it('draws no column for nothing at all', () => {
    expect(columnChart([{ value: 0 }], 1)).to.deep.equal(['1']);
  });
});

describe('sparkline', () => {
  it('has one block for each value', () => {
    expect(sparkline([0, 1, 50, 100])).to.equal(' ▁▄█');
    expect(sparkline([0, 0])).to.equal('  ');
  });
});
