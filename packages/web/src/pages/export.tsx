import { ask, auth } from "../auth.ts";
import { Form } from "../form/form.tsx";
import { Page } from "../parts/page.tsx";

export function Export() {
  async function download() {
    const { data, error } = await ask(auth.exportMe());
    if (data) save(JSON.stringify(data, undefined, 2), `account-${data.exportedAt.slice(0, 10)}.json`);
    return { error, done: "Your browser has the file." };
  }

  return (
    <Page
      title="Export"
      lead="Everything that is stored of you, in one file: your profile, your sessions, what happened to your account."
    >
      <Form action={download} button="Download my data" />
    </Page>
  );
}

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
