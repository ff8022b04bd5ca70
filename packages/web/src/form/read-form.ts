import { misshapen, missing } from "./field-errors.ts";

/** What a form holds, by the names of its fields; without spaces around it, but for passwords. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values = fieldsOf(form).map((field) => {
    const isPassword = field.dataset["secret"] !== undefined;
    return [field.name, isPassword ? field.value : field.value.trim()] as const;
  });
  return Object.fromEntries(values);
}

export function namesOf(form: HTMLFormElement): string[] {
  return fieldsOf(form).map(({ name }) => name);
}

/** What a browser would refuse to send, by the names of the fields. In our words, beside the field. */
export function check(form: HTMLFormElement): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const field of fieldsOf(form)) {
    const { validity, name, labels } = field;
    if (validity.valueMissing) wrong[name] = missing(labels?.[0]?.textContent ?? "This");
    else if (!validity.valid) wrong[name] = misshapen(name);
  }
  return wrong;
}

function fieldsOf(form: HTMLFormElement): (HTMLInputElement | HTMLSelectElement)[] {
  return [...form.elements].filter(
    (element): element is HTMLInputElement | HTMLSelectElement =>
      (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) && element.name !== "",
  );
}
