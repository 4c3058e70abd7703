// Reads a calendar from standard input, strictly, and writes what it understood as JSON.
import ICAL from "ical.js";

const text = await new Response(process.stdin).text();
const lines = text.split("\r\n");
if (lines.some((line) => new TextEncoder().encode(line).length > 75)) throw new Error("A line is longer than 75 octets (RFC 5545, 3.1).");
if (/[^\r]\n/.test(text)) throw new Error("A line ends without a carriage return.");
ICAL.design.strict = true;
const calendar = new ICAL.Component(ICAL.parse(text));
const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one)).map((event) => ({
  uid: event.uid, summary: event.summary, start: event.startDate.toJSDate().toISOString(), end: event.endDate.toJSDate().toISOString(),
  url: event.component.getFirstPropertyValue("url"), stamp: event.component.getFirstPropertyValue("dtstamp")?.toJSDate().toISOString(),
}));
process.stdout.write(JSON.stringify({ version: calendar.getFirstPropertyValue("version"), producer: calendar.getFirstPropertyValue("prodid"), events }));
