import type { Rule } from "./types.ts";

/** A year from 1900 to 2099, with day and month where these are set apart: 1985, 13.07.1985, 1985-07-13. */
const dates = /(?:\d{1,2}[-./]\d{1,2}[-./])?(?:19|20)\d\d(?:[-./]\d{1,2}[-./]\d{1,2})?/g;

export const date: Rule = {
  reason: "is little more than a date; add a few words",
  strip: (text) => text.replace(dates, ""),
};
