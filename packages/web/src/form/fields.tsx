import { useState } from "preact/hooks";
import { Field, Input, Labelled } from "./field.tsx";

interface EmailProps {
  readonly name?: string;
  readonly label?: string;
  /** Password managers know an account by its `username`; another address of it is an `email`. */
  readonly autocomplete?: "username" | "email";
  readonly value?: string | undefined;
  readonly onValue?: (value: string) => void;
}

export function EmailField({ label = "Email", autocomplete = "username", value, onValue }: EmailProps) {
  return (
    <Field
      name="email"
      label={label}
      type="email"
      required
      maxLength={254}
      autocomplete={autocomplete}
      autocapitalize="none"
      spellcheck={false}
      {...(value !== undefined && { defaultValue: value })}
      onInput={(event) => onValue?.(event.currentTarget.value.trim())}
    />
  );
}

interface PasswordProps {
  readonly name?: "password" | "currentPassword" | "newPassword";
  readonly label?: string;
  readonly autocomplete: "current-password" | "new-password";
  readonly hint?: string;
}

/** A password that can be looked at before it is sent. */
export function PasswordField({ name = "password", label = "Password", autocomplete, hint }: PasswordProps) {
  const [shown, setShown] = useState(false);
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(ties) => (
        <div class="with-button">
          <Input
            type={shown ? "text" : "password"}
            required
            maxLength={1024}
            autocomplete={autocomplete}
            autocapitalize="none"
            spellcheck={false}
            data-secret=""
            {...ties}
          />
          <button type="button" class="plain" aria-pressed={shown} onClick={() => setShown(!shown)}>
            <span class="for-readers">Show {label.toLowerCase()}</span>
            <span aria-hidden="true">{shown ? "Hide" : "Show"}</span>
          </button>
        </div>
      )}
    </Labelled>
  );
}

/** Six digits of a mail, which may be typed with spaces. */
export function CodeField() {
  return (
    <Field
      name="code"
      label="Six digits"
      class="digits"
      required
      inputMode="numeric"
      autocomplete="one-time-code"
      maxLength={12}
      pattern="(\s*[0-9]){6}\s*"
      hint="They stand in the mail, below the link."
    />
  );
}

/** What was typed for them, as the API takes it. */
export function digitsOf(code: string | undefined): string {
  return (code ?? "").replaceAll(/\s/g, "");
}
