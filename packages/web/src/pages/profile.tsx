import { useAccount } from "../account.ts";
import { ask, auth } from "../auth.ts";
import { Field, Labelled } from "../form/field.tsx";
import { Form } from "../form/form.tsx";
import { Page } from "../parts/page.tsx";
import { languagesWith } from "../words/languages.ts";

export function Profile() {
  const { user, setUser } = useAccount();

  async function save({ name, locale, picture }: Record<string, string>) {
    const change = { name: name || null, locale: locale || null, picture: picture || null };
    const { data, error } = await ask(auth.changeMe(change));
    if (data) setUser(data);
    return { error, done: "Saved." };
  }

  return (
    <Page title="Profile" lead="What the services that you log in to are told of you.">
      <Form action={save} button="Save">
        <Field name="name" label="Name" autocomplete="name" maxLength={100} defaultValue={user.name ?? ""} />
        <Labelled name="locale" label="Language" hint="Of the mails that we send you.">
          {(ties) => (
            <select {...ties}>
              {languagesWith(user.locale).map(([tag, text]) => (
                <option key={tag} value={tag} selected={tag === (user.locale ?? "")}>
                  {text}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Field
          name="picture"
          label="Picture"
          type="url"
          inputMode="url"
          autocomplete="photo"
          maxLength={2048}
          spellcheck={false}
          pattern="https://.+"
          hint="The address of a picture, with https://."
          defaultValue={user.picture ?? ""}
        />
      </Form>
    </Page>
  );
}
