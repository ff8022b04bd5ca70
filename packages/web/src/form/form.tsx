import type { GatehouseError } from "@gatehouse/client";
import type { ComponentChildren, TargetedSubmitEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { FieldErrors } from "./field.tsx";
import { errorsOf, type FormErrors } from "./field-errors.ts";
import { check, namesOf, valuesOf } from "./read-form.ts";

/** What a form came to. `done` is told beside the button, and so is what is `missing` beyond its fields. */
export interface Outcome {
  readonly error?: GatehouseError | undefined;
  readonly missing?: string | undefined;
  readonly done?: string | undefined;
}

interface FormProps {
  readonly action: (values: Record<string, string>) => Promise<Outcome>;
  readonly button: string;
  readonly kind?: "primary" | "danger" | "plain";
  /** Where a page has more than one form. */
  readonly label?: string;
  /** Whether what was typed goes once it was accepted. */
  readonly clears?: boolean;
  readonly children?: ComponentChildren;
}

const nothing: FormErrors = { fields: {} };

/** A form that is sent once at a time, and tells what came of it where it is about. Its fields are `Field`s. */
export function Form({ action, button, kind = "primary", label, clears, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState(nothing);
  const [done, setDone] = useState<string>();

  // The first field that is wrong, or what is said of the whole.
  useEffect(() => {
    if (errors !== nothing)
      form.current?.querySelector<HTMLElement>("[aria-invalid=true], .summary")?.focus();
  }, [errors]);

  async function submit(event: TargetedSubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const { currentTarget } = event;
    if (running.current) return;
    setDone(undefined);
    const wrong = check(currentTarget);
    if (Object.keys(wrong).length > 0) return setErrors({ fields: wrong });
    running.current = true;
    setBusy(true);
    setErrors(nothing);
    const outcome = await action(valuesOf(currentTarget));
    running.current = false;
    setBusy(false);
    if (outcome.missing) return setErrors({ fields: {}, summary: outcome.missing });
    if (outcome.error) return setErrors(errorsOf(outcome.error, namesOf(currentTarget)));
    if (clears) currentTarget.reset();
    setDone(outcome.done);
  }

  return (
    <form ref={form} onSubmit={submit} noValidate aria-label={label} aria-busy={busy}>
      <FieldErrors.Provider value={errors.fields}>{children}</FieldErrors.Provider>
      <div class="send">
        <button type="submit" class={kind} disabled={busy}>
          {button}
        </button>
        <div class="outcome">
          <p class="done" role="status">
            {done}
          </p>
          <div role="alert">
            {errors.summary && (
              <p class="summary" tabIndex={-1}>
                {errors.summary}
              </p>
            )}
          </div>
        </div>
      </div>
    </form>
  );
}
