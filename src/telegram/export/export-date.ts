import { asInteger, asString, type JsonObject } from '../../base/json.ts';
import { launchSeconds } from '../launch.ts';

/** When an exported message was sent, or why that is unknown. `impossible date`: before Telegram, or after tomorrow. */
export type ExportedDate =
  | {
      readonly seconds: number /** By the clock of the exporting machine alone. */;
      readonly isLocal: boolean;
    }
  | 'no date'
  | 'impossible date';

export interface ExportDatesOptions {
  /**
   * Unix seconds of a local time `2020-01-31T23:59:59` on the machine that made the export: two where its clock was put
   * back.
   */
  readonly secondsOfLocalTime: (localTime: string) => readonly number[];
  /** The last second that a message can have been sent. */
  readonly lastSecond: number;
}

/** Reads the dates of an export's messages, one message after the other. */
export class ExportDates {
  readonly #options: ExportDatesOptions;
  #last = { id: Number.POSITIVE_INFINITY, seconds: 0 };

  constructor(options: ExportDatesOptions) {
    this.#options = options;
  }

  sentAt({ date_unixtime, date }: JsonObject, id: number): ExportedDate {
    const unix = secondsOfUnixTime(date_unixtime);
    const zoned = this.#possible(unix) === undefined ? secondsOfZonedTime(date) : undefined;
    const exact = this.#possible(unix) ?? this.#possible(zoned);
    const local = exact === undefined ? this.#secondsOfLocalTime(date, id) : undefined;
    const seconds = exact ?? this.#possible(local);
    if (seconds === undefined) return (unix ?? zoned ?? local) === undefined ? 'no date' : 'impossible date';
    this.#last = { id, seconds };
    return { seconds, isLocal: exact === undefined };
  }

  /** Until 2020 every message had an edit, of 1970 where nobody made one. */
  editedAt({ edited_unixtime, edited }: JsonObject, id: number): number | undefined {
    if (edited_unixtime === undefined && edited === undefined) return undefined;
    return (
      this.#possible(secondsOfUnixTime(edited_unixtime)) ??
      this.#possible(secondsOfZonedTime(edited)) ??
      this.#possible(this.#secondsOfLocalTime(edited, id))
    );
  }

  /**
   * Of an hour that came twice, the second where the message before was sent later than the first: ids rise with time.
   */
  #secondsOfLocalTime(date: unknown, id: number): number | undefined {
    const [, day, time, zone] = timePattern.exec(asString(date) ?? '') ?? [];
    if (day === undefined || zone !== undefined) return undefined;
    const [first, second] = this.#options.secondsOfLocalTime(`${day}T${time}`);
    if (first === undefined || second === undefined || this.#last.id > id) return first;
    return this.#last.seconds > first + swappedSeconds && this.#last.seconds <= second + swappedSeconds
      ? second
      : first;
  }

  #possible(seconds: number | undefined): number | undefined {
    return seconds !== undefined && seconds >= launchSeconds && seconds <= this.#options.lastSecond
      ? seconds
      : undefined;
  }
}

/** By so much the times of two messages may fall while their ids rise. */
const swappedSeconds = 5;

/** Telegram Desktop writes local times without a zone; other programs, which rewrite exports, may add one. */
const timePattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?(?: ?(Z|[+-]\d{2}(?::?\d{2})?))?$/i;

/** An export writes it as a string, and 0 for none. */
function secondsOfUnixTime(unixTime: unknown): number | undefined {
  return asInteger(typeof unixTime === 'string' ? Number(unixTime) : unixTime) || undefined;
}

/** Of a time that says its zone: `2024-03-05T10:00:00.000Z`, `2024-03-05 10:00:00+03:00`. */
function secondsOfZonedTime(date: unknown): number | undefined {
  const [, day, time, zone] = timePattern.exec(asString(date) ?? '') ?? [];
  if (zone === undefined) return undefined;
  const offset =
    zone.toUpperCase() === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
  const milliseconds = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}
