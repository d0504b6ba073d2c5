/**
 * Runs the whole suite in a time zone far from UTC and from every group's own, so that a date cut by the
 * machine's zone instead of the group's fails on every machine, not only on some.
 */
process.env.TZ = 'Pacific/Kiritimati';
