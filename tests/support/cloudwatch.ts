import { asObject, parsedJson } from '../../src/base/json.ts';

/** An alarm as CloudFormation has it, every value resolved. */
export interface AlarmDefinition {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly Statistic: 'Sum' | 'Maximum';
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold: number;
  readonly ComparisonOperator: 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold';
  readonly TreatMissingData: 'breaching' | 'notBreaching' | 'ignore';
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/**
 * A small model of CloudWatch: metrics in, states of alarms out.
 *
 * It knows periods, dimensions and missing data as the manual has them: where some of the periods have no data,
 * CloudWatch looks at more of them, and takes the newest that have; only where those are too few does TreatMissingData
 * fill up.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
 */
export class CloudWatchModel {
  readonly #values = new Map<string, { atSeconds: number; value: number }[]>();

  put(
    namespace: string,
    metric: string,
    dimensions: Readonly<Record<string, string>>,
    atSeconds: number,
    value: number,
  ) {
    const id = seriesId(namespace, metric, dimensions);
    const series = this.#values.get(id) ?? [];
    this.#values.set(id, series);
    series.push({ atSeconds, value });
  }

  /**
   * Takes the metrics from what a function wrote to its log, in CloudWatch's embedded metric format.
   *
   * @see
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
   */
  takeLog(log: string, atSeconds: number): void {
    for (const line of log.split('\n')) {
      const entry = asObject(parsedJson(line));
      const { CloudWatchMetrics: directives = [] } = (entry?._aws ?? {}) as {
        CloudWatchMetrics?: Directive[];
      };
      for (const { Namespace, Dimensions, Metrics } of directives) {
        for (const names of Dimensions) {
          const dimensions = Object.fromEntries(names.map((name) => [name, String(entry?.[name])]));
          for (const { Name } of Metrics) {
            for (const value of [entry?.[Name]].flat()) {
              this.put(Namespace, Name, dimensions, atSeconds, Number(value));
            }
          }
        }
      }
    }
  }

  /** The states of an alarm minute by minute, and when each began. */
  history(
    alarm: AlarmDefinition,
    fromSeconds: number,
    toSeconds: number,
  ): [state: AlarmState, atSeconds: number][] {
    let state: AlarmState = 'INSUFFICIENT_DATA';
    const history: [AlarmState, number][] = [];
    for (let now = fromSeconds; now <= toSeconds; now += 60) {
      const next = this.#state(alarm, now, state);
      if (next !== state) history.push([next, now]);
      state = next;
    }
    return history;
  }

  #state(alarm: AlarmDefinition, now: number, before: AlarmState): AlarmState {
    const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, TreatMissingData } = alarm;
    const newestFirst = this.#periods(alarm, now, EvaluationPeriods + lookedFurtherBack);
    const wanted = newestFirst.slice(0, EvaluationPeriods);
    const known = newestFirst.filter((value) => value !== undefined);
    const taken = wanted.every((value) => value !== undefined) ? wanted : known.slice(0, EvaluationPeriods);
    if (taken.length === 0 && TreatMissingData === 'ignore') return before;
    const breaching = taken.filter((value) => isBreaching(alarm, value ?? 0)).length;
    const filled = TreatMissingData === 'breaching' ? EvaluationPeriods - taken.length : 0;
    return breaching + filled >= DatapointsToAlarm ? 'ALARM' : 'OK';
  }

  #periods(alarm: AlarmDefinition, now: number, count: number): (number | undefined)[] {
    const { Namespace, MetricName, Dimensions, Period, Statistic } = alarm;
    const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
    const series = this.#values.get(seriesId(Namespace, MetricName, dimensions)) ?? [];
    // Longer periods slide: they end with a whole minute.
    const end = Math.floor(now / 60) * 60;
    return Array.from({ length: count }, (_, index) => {
      const [from, to] = [end - (index + 1) * Period, end - index * Period];
      const values = series
        .filter(({ atSeconds }) => atSeconds >= from && atSeconds < to)
        .map(({ value }) => value);
      if (values.length === 0) return undefined;
      return Statistic === 'Sum' ? values.reduce((sum, value) => sum + value) : Math.max(...values);
    });
  }
}

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}

/** The manual's example has an alarm of three periods look at five. */
const lookedFurtherBack = 2;

function isBreaching({ ComparisonOperator, Threshold }: AlarmDefinition, value: number): boolean {
  return ComparisonOperator === 'LessThanThreshold' ? value < Threshold : value >= Threshold;
}

function seriesId(namespace: string, metric: string, dimensions: Readonly<Record<string, string>>): string {
  return JSON.stringify([namespace, metric, Object.entries(dimensions).sort()]);
}
