import fc from "fast-check";

/**
 * What a caller may put where a text is expected: UTF-16 code units in any order, half of them ASCII, so that control
 * characters, separators and halves of characters are all there often. (The units of fast-check itself have no halves.)
 */
const codeUnit = fc
  .oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff }))
  .map((code) => String.fromCharCode(code));

/** Any text whatever. */
export function anyText(bounds: { readonly minLength?: number; readonly maxLength?: number } = {}) {
  return fc.string({ unit: codeUnit, ...bounds });
}

/** Any one code unit. */
export const anyLetter = codeUnit;
