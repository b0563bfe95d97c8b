// A second reader of calendars: reads [{ text, from, to }] from the file named first,
// with ical.js from the file named second, and prints the busy times of each.
const fs = require('fs');
const ICAL = require(process.argv[3]);

function busy({ text, from, to }) {
  const root = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const events = root.getAllSubcomponents('vevent');
  const exceptions = events.filter((e) => e.hasProperty('recurrence-id'));
  const out = [];
  const add = (start, end) => {
    const [a, b] = [Math.max(start.toUnixTime(), from), Math.min(end.toUnixTime(), to)];
    if (a < b) out.push([a, b]);
  };
  const free = (e) => e.getFirstPropertyValue('status') === 'CANCELLED' || e.getFirstPropertyValue('transp') === 'TRANSPARENT';
  for (const e of events) {
    if (e.hasProperty('recurrence-id')) continue;
    const own = exceptions.filter((x) => x.getFirstPropertyValue('uid') === e.getFirstPropertyValue('uid'));
    const event = new ICAL.Event(e, { strictExceptions: true, exceptions: own });
    if (!event.isRecurring()) {
      if (!free(e)) add(event.startDate, event.endDate);
      continue;
    }
    // ical.js 2.2.1 misses an exception that comes after one which names no occurrence, or
    // before one that it has passed. Each value is asked here, as it reads them itself.
    const called = e.getAllProperties('exdate').flatMap((p) => p.getValues());
    const all = event.iterator();
    for (let at = all.next(), n = 0; at && n < 20000 && at.toUnixTime() < to; at = all.next(), n++) {
      const { item, startDate, endDate } = event.getOccurrenceDetails(at);
      if (!free(item.component) && !(item === event && called.some((x) => x.compare(at) === 0))) add(startDate, endDate);
    }
  }
  return out;
}

const cases = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
process.stdout.write(JSON.stringify(cases.map((one) => {
  try {
    return { busy: busy(one) };
  } catch (problem) {
    return { error: String(problem) };
  }
})));
